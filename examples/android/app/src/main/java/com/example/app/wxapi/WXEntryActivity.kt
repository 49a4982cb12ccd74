package com.example.app.wxapi

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import com.example.app.App
import com.example.app.MainActivity
import com.example.app.login.Event
import com.tencent.mm.opensdk.modelbase.BaseReq
import com.tencent.mm.opensdk.modelbase.BaseResp
import com.tencent.mm.opensdk.modelbiz.WXLaunchMiniProgram
import com.tencent.mm.opensdk.modelmsg.ShowMessageFromWX
import com.tencent.mm.opensdk.openapi.IWXAPIEventHandler

/** Where WeChat hands over the applet's string, as an answer or as a request, and at times as both: it counts once. */
class WXEntryActivity : Activity(), IWXAPIEventHandler {
    private val login get() = (application as App).login

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        receive(intent)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        setIntent(intent)
        receive(intent)
    }

    override fun onResp(response: BaseResp) {
        if (response is WXLaunchMiniProgram.Resp) answered(response.extMsg)
    }

    /** The launchApp button comes as cmd 4 where WeChat takes the app for not waiting, as after its process had ended. */
    override fun onReq(request: BaseReq) {
        if (request is ShowMessageFromWX.Req) answered(request.message?.messageExt)
    }

    private fun answered(text: String?) = login.send(Event.Answered(text))

    private fun receive(intent: Intent) {
        login.api.handleIntent(intent, this)
        startActivity(Intent(this, MainActivity::class.java).addFlags(Intent.FLAG_ACTIVITY_CLEAR_TOP))
        finish()
    }
}
