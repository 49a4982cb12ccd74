import CryptoKit
import Foundation

/// One login in progress. Codable, so that it outlives the process.
struct Login: Codable, Equatable {
    let path: String
    let state: String
    let codeVerifier: String
    /// Milliseconds since 1970.
    let expiresAt: Double
    var answered = false

    /// The applet's attempt lives 10 minutes, and a ticket handed over at its end at most 10 more.
    static let lifetime: Double = 20 * 60_000

    /// A path to open, with a state and a PKCE verifier of its own.
    static func start(
        userPoolId: String, getPhone: Bool, now: Double, random: (Int) -> Data = Login.randomBytes
    ) -> Login {
        let state = base64url(random(16))
        let codeVerifier = base64url(random(32))
        let challenge = base64url(Data(SHA256.hash(data: Data(codeVerifier.utf8))))
        let path = "routes/explore?userPoolId=\(userPoolId)&getPhone=\(getPhone ? 1 : 0)&fromApp=1&useSelfWxapp=0"
            + "&state=\(state)&codeChallenge=\(challenge)"
        return Login(path: path, state: state, codeVerifier: codeVerifier, expiresAt: now + lifetime)
    }

    /// Nil for anything that `stored` did not write, and for a login that has expired.
    static func restore(_ stored: Data?, now: Double) -> Login? {
        guard let stored, let login = try? JSONDecoder().decode(Login.self, from: stored) else { return nil }
        return !login.answered && now < login.expiresAt ? login : nil
    }

    var stored: Data? { try? JSONEncoder().encode(self) }

    /// SystemRandomNumberGenerator is cryptographically secure on Apple's systems.
    static func randomBytes(_ count: Int) -> Data {
        Data((0..<count).map { _ in UInt8.random(in: .min ... .max) })
    }

    private static func base64url(_ data: Data) -> String {
        data.base64EncodedString()
            .replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}

/// What came back from the applet.
enum Answer: Equatable {
    case granted(ticket: String, codeVerifier: String)
    case cancelled
    case failed(code: Int, message: String)
    /// Nothing happens; the login goes on waiting.
    case ignored(reason: String)

    private static let codes: Set<Int> = [200, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503]

    /// Reads the string WeChat handed over against the login that waits for it.
    static func judge(_ login: Login?, _ text: String?, now: Double) -> Answer {
        let fields = pairs(of: text) ?? [:]
        guard let digits = fields["code"], matches(digits, "^[1-9][0-9]{2}$"), let number = Int(digits)
        else { return .ignored(reason: "unreadable") }
        guard let login else { return .ignored(reason: "no-login") }
        guard let state = fields["state"], !state.isEmpty else { return .ignored(reason: "no-state") }
        guard state == login.state else { return .ignored(reason: "other-login") }
        guard !login.answered else { return .ignored(reason: "answered") }
        guard now < login.expiresAt else { return .ignored(reason: "expired") }

        // A code of a newer applet counts as a server error.
        let code = codes.contains(number) ? number : 500
        let message = fields["message"] ?? ""
        if code == 400 { return .cancelled }
        if code != 200 { return .failed(code: code, message: message) }
        guard let ticket = fields["ticket"], matches(ticket, "^[A-Za-z0-9_-]{43}$")
        else { return .failed(code: 500, message: message) }
        return .granted(ticket: ticket, codeVerifier: login.codeVerifier)
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        text.range(of: pattern, options: .regularExpression) != nil
    }

    /// The pairs of a query string, which may have been percent-encoded on the way, wholly or in part; nil for anything else.
    private static func pairs(of text: String?) -> [String: String]? {
        guard let text, text.utf16.count <= 4096 else { return nil }
        var query = trimmed(text)
        for _ in 0..<2 where !(query.contains("=") && query.contains("&")) {
            query = trimmed(query.removingPercentEncoding ?? query)
        }
        var pairs: [String: String] = [:]
        for pair in query.split(separator: "&") {
            guard let at = pair.firstIndex(of: "="), at > pair.startIndex else { continue }
            let name = pair[..<at].trimmingCharacters(in: .whitespacesAndNewlines)
            let value = pair[pair.index(after: at)...].trimmingCharacters(in: .whitespacesAndNewlines)
            if pairs[name] != nil { return nil }
            pairs[name] = value.removingPercentEncoding ?? value
        }
        return pairs
    }

    private static func trimmed(_ text: String) -> String {
        let query = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return query.hasPrefix("?") ? String(query.dropFirst()) : query
    }
}
