import SwiftUI
import WechatOpenSDK
import UIKit

/// With scenes UIKit calls none of the app delegate's URL methods: WeChat's answers arrive here, by Universal Link or by
/// URL scheme, while the app runs or as it starts.
final class SceneDelegate: UIResponder, UIWindowSceneDelegate {
    var window: UIWindow?

    func scene(_ scene: UIScene, willConnectTo session: UISceneSession, options: UIScene.ConnectionOptions) {
        guard let scene = scene as? UIWindowScene else { return }
        let window = UIWindow(windowScene: scene)
        window.rootViewController = UIHostingController(rootView: LoginView())
        window.makeKeyAndVisible()
        self.window = window
        // A cold start: what opened the app is in the options, and no other method brings it.
        options.userActivities.forEach(receive)
        options.urlContexts.map(\.url).forEach(receive)
    }

    func scene(_ scene: UIScene, continue userActivity: NSUserActivity) {
        receive(userActivity)
    }

    func scene(_ scene: UIScene, openURLContexts contexts: Set<UIOpenURLContext>) {
        contexts.map(\.url).forEach(receive)
    }

    /// Not sceneDidBecomeActive: that also follows the system's question whether to open WeChat.
    func sceneWillEnterForeground(_ scene: UIScene) {
        WeChatLogin.shared.send(.foregrounded)
    }

    private func receive(_ userActivity: NSUserActivity) {
        WXApi.handleOpenUniversalLink(userActivity, delegate: WeChatLogin.shared)
    }

    private func receive(_ url: URL) {
        WXApi.handleOpen(url, delegate: WeChatLogin.shared)
    }
}

struct LoginView: View {
    @ObservedObject private var login = WeChatLogin.shared

    var body: some View {
        VStack(spacing: 16) {
            Text(words)
            switch login.state.phase {
            case .signedIn: Button("退出登录") { login.send(.signedOut) }
            case .exchanging: ProgressView()
            case .signedOut, .waiting: Button("微信登录") { login.start() }
            }
        }
    }

    private var words: String {
        switch (login.state.phase, login.state.notice) {
        case (.signedIn, _): return "已登录"
        case (.exchanging, _): return "正在登录…"
        case (.waiting, _): return "请在微信里确认"
        case (_, .cancelled): return "已取消登录"
        case (_, .failed(let code, let message)): return "\(message)（\(code)）"
        case (_, .notOpened): return "没有打开微信，请确认已安装"
        case (_, .refused): return "登录没有完成，请再试一次"
        case (_, nil): return ""
        }
    }
}
