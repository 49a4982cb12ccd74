package com.example.app

import android.app.Application
import com.example.app.login.WeChatLogin

class App : Application() {
    lateinit var login: WeChatLogin
        private set

    /** Before any activity, also when WeChat starts the process anew to hand over an answer. */
    override fun onCreate() {
        super.onCreate()
        login = WeChatLogin(this)
    }
}
