import XCTest

@testable import App

/// Runs the vectors that every implementation is held to; add `packages/launch/vectors` to the test target's resources.
final class LoginTests: XCTestCase {
    func testEveryAnswer() throws {
        let vectors = try read("answers")
        for item in vectors["returned"] as! [Item] + (vectors["cases"] as! [Item]) {
            guard item["text"] is String || item["text"] is NSNull else { continue }
            let own = item["login"] ?? vectors["login"]!
            guard own is NSNull || (own as? Item)?["codeVerifier"] != nil else { continue }
            let now = (item["now"] ?? vectors["now"]) as! Double
            let answer = Answer.judge(login(own), item["text"] as? String, now: now)
            XCTAssertEqual(answer, expected(item["answer"] as! Item), item["name"] as? String ?? "returned")
        }
    }

    func testEveryEvent() throws {
        let vectors = try read("events")
        let logins = vectors["logins"] as! Item
        for sequence in vectors["sequences"] as! [Item] {
            var state = LoginState()
            for item in sequence["steps"] as! [Item] {
                let now = (item["now"] ?? vectors["start"]) as! Double
                let event = item["event"] as! Item
                var effect: LoginEffect?
                if event["type"] as! String == "restarted" {
                    state = LoginState.restore(state.saved, now: now)
                } else {
                    (state, effect) = step(state, loginEvent(event, logins), now: now)
                }
                let name = sequence["name"] as! String
                XCTAssertEqual(state.phase.rawValue, item["phase"] as? String, name)
                XCTAssertEqual(state.notice, notice(item["notice"] as? Item), name)
                XCTAssertEqual(effect, loginEffect(item["effect"] as? Item), name)
            }
        }
    }

    private typealias Item = [String: Any]

    private func read(_ name: String) throws -> Item {
        let url = try XCTUnwrap(Bundle(for: Self.self).url(forResource: name, withExtension: "json"))
        return try XCTUnwrap(JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? Item)
    }

    private func login(_ value: Any) -> Login? {
        guard let item = value as? Item else { return nil }
        return Login(
            path: item["path"] as! String, state: item["state"] as! String,
            codeVerifier: item["codeVerifier"] as! String, expiresAt: item["expiresAt"] as! Double,
            answered: item["answered"] as! Bool
        )
    }

    private func expected(_ item: Item) -> Answer {
        switch item["outcome"] as! String {
        case "granted":
            return .granted(ticket: item["ticket"] as! String, codeVerifier: item["codeVerifier"] as! String)
        case "cancelled": return .cancelled
        case "failed": return .failed(code: item["code"] as! Int, message: item["message"] as! String)
        default: return .ignored(reason: item["reason"] as! String)
        }
    }

    private func loginEvent(_ item: Item, _ logins: Item) -> LoginEvent {
        let id = item["state"] as? String ?? ""
        switch item["type"] as! String {
        case "started": return .started(login(logins[item["login"] as! String]!)!)
        case "notOpened": return .notOpened(state: id)
        case "answered": return .answered(item["text"] as? String)
        case "foregrounded": return .foregrounded
        case "exchanged": return .exchanged(state: id)
        case "refused": return .refused(state: id)
        default: return .signedOut
        }
    }

    private func notice(_ item: Item?) -> LoginState.Notice? {
        switch item?["kind"] as? String {
        case "cancelled": return .cancelled
        case "failed": return .failed(code: item!["code"] as! Int, message: item!["message"] as! String)
        case "notOpened": return .notOpened
        case "refused": return .refused
        default: return nil
        }
    }

    private func loginEffect(_ item: Item?) -> LoginEffect? {
        guard let item else { return nil }
        let id = item["state"] as? String ?? ""
        switch item["type"] as! String {
        case "open": return .open(path: item["path"] as! String, state: id)
        case "exchange":
            return .exchange(ticket: item["ticket"] as! String, codeVerifier: item["codeVerifier"] as! String, state: id)
        default: return .ignore(reason: item["reason"] as! String)
        }
    }
}
