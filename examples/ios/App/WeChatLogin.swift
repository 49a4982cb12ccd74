import Foundation
import WechatOpenSDK  // the module of the pod WechatOpenSDK-XCFramework; with the plain SDK, import WXApi.h in a bridging header

/// The app's login, running: saves, opens, exchanges and shows what `step` decides.
@MainActor
final class WeChatLogin: NSObject, ObservableObject {
    static let shared = WeChatLogin()

    private static let appId = "wxd930ea5d5a258f4f"  // of this app, on the open platform
    private static let universalLink = "https://app.example.com/wechat/"
    private static let applet = "gh_a781a791e29e"  // the applet's original id
    private static let userPoolId = "5e4cdd055df3df65dc58b97d"
    private static let backend = URL(string: "https://app.example.com/sign-in")!
    private static let key = "login"

    @Published private(set) var state: LoginState

    private override init() {
        state = LoginState.restore(UserDefaults.standard.data(forKey: Self.key), now: Self.now)
        super.init()
    }

    /// Once, before any URL is handled.
    func register() {
        WXApi.registerApp(Self.appId, universalLink: Self.universalLink)
    }

    func start() {
        send(.started(Login.start(userPoolId: Self.userPoolId, getPhone: true, now: Self.now)))
    }

    func send(_ event: LoginEvent) {
        let (next, effect) = step(state, event, now: Self.now)
        state = next
        UserDefaults.standard.set(next.saved, forKey: Self.key)
        switch effect {
        case .open(let path, let id): open(path, id)
        case .exchange(let ticket, let codeVerifier, let id): exchange(ticket, codeVerifier, id)
        case .ignore(let reason): NSLog("login: ignored, %@", reason)
        case nil: break
        }
    }

    private func open(_ path: String, _ id: String) {
        let request = WXLaunchMiniProgramReq()
        request.userName = Self.applet
        request.path = path
        request.miniProgramType = .release
        guard WXApi.isWXAppInstalled() else { return send(.notOpened(state: id)) }
        WXApi.send(request) { sent in
            if !sent { Task { @MainActor in self.send(.notOpened(state: id)) } }
        }
    }

    private func exchange(_ ticket: String, _ codeVerifier: String, _ id: String) {
        Task {
            var request = URLRequest(url: Self.backend, timeoutInterval: 10)
            request.httpMethod = "POST"
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.httpBody = try? JSONEncoder().encode(["ticket": ticket, "codeVerifier": codeVerifier])
            // The backend answers with a session of its own; keep it where the app keeps its sessions.
            let reply = try? await URLSession.shared.data(for: request)
            let isDone = (reply?.1 as? HTTPURLResponse)?.statusCode == 200
            send(isDone ? .exchanged(state: id) : .refused(state: id))
        }
    }

    private static var now: Double { Date().timeIntervalSince1970 * 1000 }
}

/// The applet's string comes as the answer to the request; as a request where the app was started anew.
extension WeChatLogin: WXApiDelegate {
    nonisolated func onResp(_ response: BaseResp) {
        guard let response = response as? WXLaunchMiniProgramResp else { return }
        let text = response.extMsg
        Task { @MainActor in send(.answered(text)) }
    }

    nonisolated func onReq(_ request: BaseReq) {
        guard let request = request as? LaunchFromWXReq else { return }
        let text = request.message.messageExt
        Task { @MainActor in send(.answered(text)) }
    }
}
