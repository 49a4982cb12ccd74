package com.example.app.login

import java.net.URLDecoder
import java.security.MessageDigest
import java.security.SecureRandom
import java.util.Base64

/** One login in progress. [stored] and [restore] carry it over the end of the process. */
data class Login(
    val path: String,
    val state: String,
    val codeVerifier: String,
    val expiresAt: Long,
    val answered: Boolean = false
) {
    fun stored(): String = listOf(path, state, codeVerifier, expiresAt).joinToString("\n")

    companion object {
        /** The applet's attempt lives 10 minutes, and a ticket handed over at its end at most 10 more. */
        private const val LIFETIME_MS = 20 * 60_000L

        /** A path to open, with a state and a PKCE verifier of its own. [now] in epoch milliseconds. */
        fun start(
            userPoolId: String,
            getPhone: Boolean,
            now: Long,
            random: (Int) -> ByteArray = { count -> ByteArray(count).also { SecureRandom().nextBytes(it) } }
        ): Login {
            val state = base64url(random(16))
            val codeVerifier = base64url(random(32))
            val digest = MessageDigest.getInstance("SHA-256").digest(codeVerifier.toByteArray(Charsets.US_ASCII))
            val path = "routes/explore?userPoolId=$userPoolId&getPhone=${if (getPhone) 1 else 0}&fromApp=1&useSelfWxapp=0" +
                "&state=$state&codeChallenge=${base64url(digest)}"
            return Login(path, state, codeVerifier, now + LIFETIME_MS)
        }

        /** Null for anything that [stored] did not write, and for a login that has expired. */
        fun restore(stored: String?, now: Long): Login? {
            val lines = stored?.split("\n")?.takeIf { it.size == 4 } ?: return null
            val expiresAt = lines[3].toLongOrNull() ?: return null
            return if (now < expiresAt) Login(lines[0], lines[1], lines[2], expiresAt) else null
        }

        private fun base64url(bytes: ByteArray) = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
    }
}

/** What came back from the applet. */
sealed class Answer {
    data class Granted(val ticket: String, val codeVerifier: String) : Answer()
    object Cancelled : Answer()
    data class Failed(val code: Int, val message: String) : Answer()
    /** Nothing happens; the login goes on waiting. */
    data class Ignored(val reason: String) : Answer()
}

private val CODES = setOf(200, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503)
private val CODE = Regex("[1-9][0-9]{2}")
private val TICKET = Regex("[A-Za-z0-9_-]{43}")

/** Reads the string WeChat handed over against the login that waits for it. Never throws. */
fun judge(login: Login?, text: String?, now: Long): Answer {
    val pairs = pairsOf(text)
    val number = pairs?.get("code")?.takeIf { CODE.matches(it) }?.toInt() ?: return Answer.Ignored("unreadable")
    if (login == null) return Answer.Ignored("no-login")
    val state = pairs["state"].orEmpty()
    if (state == "") return Answer.Ignored("no-state")
    if (state != login.state) return Answer.Ignored("other-login")
    if (login.answered) return Answer.Ignored("answered")
    if (now >= login.expiresAt) return Answer.Ignored("expired")

    // A code of a newer applet counts as a server error.
    val code = if (number in CODES) number else 500
    val message = pairs["message"].orEmpty()
    if (code == 400) return Answer.Cancelled
    if (code != 200) return Answer.Failed(code, message)
    val ticket = pairs["ticket"].orEmpty()
    return if (TICKET.matches(ticket)) Answer.Granted(ticket, login.codeVerifier) else Answer.Failed(500, message)
}

/** The pairs of a query string, which may have been percent-encoded on the way, wholly or in part; null for anything else. */
private fun pairsOf(text: String?): Map<String, String>? {
    if (text == null || text.length > 4096) return null
    var query = text.trim().removePrefix("?")
    repeat(2) { if ('=' !in query || '&' !in query) query = decoded(query).trim().removePrefix("?") }
    val pairs = HashMap<String, String>()
    for (pair in query.split("&")) {
        val at = pair.indexOf('=')
        if (at < 1) continue
        if (pairs.put(pair.substring(0, at).trim(), decoded(pair.substring(at + 1).trim())) != null) return null
    }
    return pairs
}

/** The text itself when it holds a broken percent escape, as a message for people may. */
private fun decoded(text: String): String = try {
    URLDecoder.decode(text.replace("+", "%2B"), "UTF-8")
} catch (error: IllegalArgumentException) {
    text
}
