import com.example.app.login.*
import java.util.Base64

/** Reads one call a line from standard input, fields apart by tabs, text in base64; answers one line each. */
fun main() {
    val logins = HashMap<String, Login>()
    var state = LoginState.SIGNED_OUT
    fun text(field: String) = if (field == "-") null else String(Base64.getDecoder().decode(field))
    generateSequence(::readLine).forEach { line ->
        val call = line.split("\t")
        val now = call[1].toLong()
        println(when (call[0]) {
            "start" -> {
                val bytes = arrayListOf(call[4], call[5])
                Login.start(call[2], call[3] == "1", now) { Base64.getDecoder().decode(bytes.removeAt(0)) }.stored().replace("\n", " ")
            }
            "login" -> { logins[call[2]] = Login(call[3], call[4], call[5], call[6].toLong(), call[7] == "true"); "ok" }
            "judge" -> said(judge(logins[call[2]], text(call[3]), now))
            "new" -> { state = LoginState.SIGNED_OUT; "ok" }
            "restarted" -> { state = LoginState.restore(state.saved(), now); said(Step(state)) }
            else -> step(state, event(call, logins, ::text), now).also { state = it.state }.let(::said)
        })
    }
}

private fun event(call: List<String>, logins: Map<String, Login>, text: (String) -> String?): Event = when (call[0]) {
    "started" -> Event.Started(logins.getValue(call[2]))
    "notOpened" -> Event.NotOpened(call[2])
    "answered" -> Event.Answered(text(call[2]))
    "foregrounded" -> Event.Foregrounded
    "exchanged" -> Event.Exchanged(call[2])
    "refused" -> Event.Refused(call[2])
    "signedOut" -> Event.SignedOut
    else -> throw IllegalArgumentException(call[0])
}

private fun said(answer: Answer) = when (answer) {
    is Answer.Granted -> "granted ${answer.ticket} ${answer.codeVerifier}"
    is Answer.Cancelled -> "cancelled"
    is Answer.Failed -> "failed ${answer.code} ${answer.message}"
    is Answer.Ignored -> "ignored ${answer.reason}"
}

private fun said(step: Step): String {
    val phase = when (step.state.phase) {
        Phase.SIGNED_OUT -> "signedOut"
        Phase.WAITING -> "waiting"
        Phase.EXCHANGING -> "exchanging"
        Phase.SIGNED_IN -> "signedIn"
    }
    val notice = when (val notice = step.state.notice) {
        null -> "-"
        is Notice.Cancelled -> "cancelled"
        is Notice.Failed -> "failed ${notice.code} ${notice.message}"
        is Notice.NotOpened -> "notOpened"
        is Notice.Refused -> "refused"
    }
    val effect = when (val effect = step.effect) {
        null -> "-"
        is Effect.Open -> "open ${effect.path} ${effect.state}"
        is Effect.Exchange -> "exchange ${effect.ticket} ${effect.codeVerifier} ${effect.state}"
        is Effect.Ignore -> "ignore ${effect.reason}"
    }
    return "$phase\t$notice\t$effect"
}
