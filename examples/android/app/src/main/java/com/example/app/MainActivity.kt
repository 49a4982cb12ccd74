package com.example.app

import android.app.Activity
import android.os.Bundle
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import com.example.app.login.Event
import com.example.app.login.LoginState
import com.example.app.login.Notice
import com.example.app.login.Phase

class MainActivity : Activity() {
    private val login get() = (application as App).login
    private lateinit var words: TextView
    private lateinit var button: Button

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        words = TextView(this)
        button = Button(this)
        setContentView(LinearLayout(this).apply {
            orientation = LinearLayout.VERTICAL
            addView(words)
            addView(button)
        })
        button.setOnClickListener {
            if (login.state.phase == Phase.SIGNED_IN) login.send(Event.SignedOut) else login.start()
        }
    }

    /** The app comes to the front, perhaps in a new process. WXEntryActivity has handed over an answer by then, or it comes late. */
    override fun onStart() {
        super.onStart()
        login.onChange = ::show
        login.send(Event.Foregrounded)
    }

    override fun onStop() {
        login.onChange = {}
        super.onStop()
    }

    private fun show(state: LoginState) {
        button.isEnabled = state.phase != Phase.EXCHANGING
        button.text = if (state.phase == Phase.SIGNED_IN) "退出登录" else "微信登录"
        words.text = when (state.phase) {
            Phase.SIGNED_OUT -> said(state.notice)
            Phase.WAITING -> "请在微信里确认"
            Phase.EXCHANGING -> "正在登录…"
            Phase.SIGNED_IN -> "已登录"
        }
    }

    private fun said(notice: Notice?) = when (notice) {
        null -> ""
        is Notice.Cancelled -> "已取消登录"
        is Notice.Failed -> "${notice.message}（${notice.code}）"
        is Notice.NotOpened -> "没有打开微信，请确认已安装"
        is Notice.Refused -> "登录没有完成，请再试一次"
    }
}
