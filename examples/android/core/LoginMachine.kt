package com.example.app.login

enum class Phase { SIGNED_OUT, WAITING, EXCHANGING, SIGNED_IN }

/** What to tell the person. */
sealed class Notice {
    /** The person declined, or came back without an answer. */
    object Cancelled : Notice()
    data class Failed(val code: Int, val message: String) : Notice()
    /** WeChat is not installed, or did not open. */
    object NotOpened : Notice()
    /** The app's backend did not accept the ticket, or could not be reached. */
    object Refused : Notice()
}

/** Where the app's login stands; [login] is the one whose answer is still accepted. */
data class LoginState(val phase: Phase, val login: Login? = null, val notice: Notice? = null) {
    /** What to store after each step, null to delete it. */
    fun saved(): String? = login?.takeUnless { it.answered }?.stored()

    companion object {
        val SIGNED_OUT = LoginState(Phase.SIGNED_OUT)

        /** Where the app stands when it starts, from what [saved] gave before the process ended. */
        fun restore(saved: String?, now: Long): LoginState =
            Login.restore(saved, now)?.let { LoginState(Phase.WAITING, it) } ?: SIGNED_OUT
    }
}

sealed class Event {
    data class Started(val login: Login) : Event()
    /** WeChat is missing, or sendReq said no. */
    data class NotOpened(val state: String) : Event()
    data class Answered(val text: String?) : Event()
    /** The app came to the front again. */
    object Foregrounded : Event()
    /** The backend traded the ticket of the login with this state. */
    data class Exchanged(val state: String) : Event()
    /** The backend did not. */
    data class Refused(val state: String) : Event()
    object SignedOut : Event()
}

sealed class Effect {
    data class Open(val path: String, val state: String) : Effect()
    /** Hand the ticket to the backend; report [Event.Exchanged] or [Event.Refused] with this state. */
    data class Exchange(val ticket: String, val codeVerifier: String, val state: String) : Effect()
    /** Nothing to do; worth a line in the log. */
    data class Ignore(val reason: String) : Effect()
}

data class Step(val state: LoginState, val effect: Effect? = null)

/**
 * What an event does to the app's login. Whatever the order of events, a ticket goes to the backend at most once, only
 * that of the login last started, and only with that login's verifier.
 */
fun step(before: LoginState, event: Event, now: Long): Step {
    val login = before.login
    fun ignore(reason: String) = Step(before, Effect.Ignore(reason))
    fun told(notice: Notice) = Step(LoginState(Phase.SIGNED_OUT, notice = notice))
    fun isExchanging(state: String) = before.phase == Phase.EXCHANGING && login?.state == state

    return when (event) {
        is Event.Started ->
            if (before.phase == Phase.EXCHANGING || before.phase == Phase.SIGNED_IN) ignore("busy")
            else Step(LoginState(Phase.WAITING, event.login), Effect.Open(event.login.path, event.login.state))
        is Event.NotOpened ->
            if (login == null || login.state != event.state || login.answered) ignore("other-login")
            else told(Notice.NotOpened)
        is Event.Answered -> when (val answer = judge(login, event.text, now)) {
            is Answer.Ignored -> ignore(answer.reason)
            is Answer.Cancelled -> told(Notice.Cancelled)
            is Answer.Failed -> told(Notice.Failed(answer.code, answer.message))
            is Answer.Granted -> Step(
                LoginState(Phase.EXCHANGING, login!!.copy(answered = true)),
                Effect.Exchange(answer.ticket, answer.codeVerifier, login.state)
            )
        }
        // An answer may still be on its way: the login stays, and a late answer is accepted.
        is Event.Foregrounded ->
            if (before.phase == Phase.WAITING) Step(LoginState(Phase.SIGNED_OUT, login, Notice.Cancelled)) else Step(before)
        is Event.Exchanged -> if (isExchanging(event.state)) Step(LoginState(Phase.SIGNED_IN)) else ignore("other-login")
        is Event.Refused -> if (isExchanging(event.state)) told(Notice.Refused) else ignore("other-login")
        is Event.SignedOut -> Step(LoginState.SIGNED_OUT)
    }
}
