package com.example.app.login

import android.content.Context
import android.os.Handler
import android.os.Looper
import android.util.Log
import com.tencent.mm.opensdk.modelbiz.WXLaunchMiniProgram
import com.tencent.mm.opensdk.openapi.IWXAPI
import com.tencent.mm.opensdk.openapi.WXAPIFactory
import java.io.IOException
import java.net.HttpURLConnection
import java.net.URL
import kotlin.concurrent.thread

private const val WECHAT_APP_ID = "wxd930ea5d5a258f4f" // of this app, on the open platform
private const val APPLET = "gh_a781a791e29e" // the applet's original id
private const val USER_POOL_ID = "5e4cdd055df3df65dc58b97d"
private const val BACKEND = "https://app.example.com/sign-in"

/** The app's login, running: saves, opens, exchanges and shows what [step] decides. Main thread only. */
class WeChatLogin(context: Context) {
    val api: IWXAPI = WXAPIFactory.createWXAPI(context, WECHAT_APP_ID, true).apply { registerApp(WECHAT_APP_ID) }
    private val storage = context.getSharedPreferences("login", Context.MODE_PRIVATE)
    private val main = Handler(Looper.getMainLooper())

    var state: LoginState = LoginState.restore(storage.getString("saved", null), System.currentTimeMillis())
        private set
    var onChange: (LoginState) -> Unit = {}

    fun start() = send(Event.Started(Login.start(USER_POOL_ID, getPhone = true, now = System.currentTimeMillis())))

    fun send(event: Event) {
        val next = step(state, event, System.currentTimeMillis())
        state = next.state
        // commit, not apply: the system may end the process as soon as WeChat is in front.
        storage.edit().putString("saved", state.saved()).commit()
        onChange(state)
        when (val effect = next.effect) {
            is Effect.Open -> if (!open(effect.path)) send(Event.NotOpened(effect.state))
            is Effect.Exchange -> exchange(effect)
            is Effect.Ignore -> Log.i("login", "ignored: ${effect.reason}")
        }
    }

    private fun open(path: String): Boolean {
        val request = WXLaunchMiniProgram.Req()
        request.userName = APPLET
        request.path = path
        request.miniprogramType = WXLaunchMiniProgram.Req.MINIPTOGRAM_TYPE_RELEASE
        return api.isWXAppInstalled && api.sendReq(request)
    }

    private fun exchange(effect: Effect.Exchange) = thread {
        val event = try {
            // The backend answers with a session of its own; keep it where the app keeps its sessions.
            val session = post("""{"ticket":"${effect.ticket}","codeVerifier":"${effect.codeVerifier}"}""")
            storage.edit().putString("session", session).apply()
            Event.Exchanged(effect.state)
        } catch (error: IOException) {
            Event.Refused(effect.state)
        }
        main.post { send(event) }
    }

    private fun post(json: String): String {
        val connection = URL(BACKEND).openConnection() as HttpURLConnection
        try {
            connection.requestMethod = "POST"
            connection.connectTimeout = 10_000
            connection.readTimeout = 10_000
            connection.doOutput = true
            connection.setRequestProperty("Content-Type", "application/json")
            connection.outputStream.use { it.write(json.toByteArray()) }
            if (connection.responseCode != 200) throw IOException("sign-in: ${connection.responseCode}")
            return connection.inputStream.bufferedReader().readText()
        } finally {
            connection.disconnect()
        }
    }
}
