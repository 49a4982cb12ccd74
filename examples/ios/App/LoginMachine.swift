/// Where the app's login stands.
struct LoginState: Equatable {
    enum Phase: String { case signedOut, waiting, exchanging, signedIn }

    /// What to tell the person.
    enum Notice: Equatable {
        /// The person declined, or came back without an answer.
        case cancelled
        case failed(code: Int, message: String)
        /// WeChat is not installed, or did not open.
        case notOpened
        /// The app's backend did not accept the ticket, or could not be reached.
        case refused
    }

    var phase = Phase.signedOut
    /// The login whose answer is still accepted.
    var login: Login?
    var notice: Notice?

    /// What to store after each step, nil to delete it.
    var saved: Data? {
        guard let login, !login.answered else { return nil }
        return login.stored
    }

    /// Where the app stands when it starts, from what `saved` gave before the process ended.
    static func restore(_ saved: Data?, now: Double) -> LoginState {
        guard let login = Login.restore(saved, now: now) else { return LoginState() }
        return LoginState(phase: .waiting, login: login)
    }
}

enum LoginEvent {
    case started(Login)
    /// WeChat is missing, or sendReq said no.
    case notOpened(state: String)
    case answered(String?)
    /// The app came to the front again.
    case foregrounded
    /// The backend traded the ticket of the login with this state.
    case exchanged(state: String)
    /// The backend did not.
    case refused(state: String)
    case signedOut
}

enum LoginEffect: Equatable {
    case open(path: String, state: String)
    /// Hand the ticket to the backend; report `exchanged` or `refused` with this state.
    case exchange(ticket: String, codeVerifier: String, state: String)
    /// Nothing to do; worth a line in the log.
    case ignore(reason: String)
}

/// What an event does to the app's login. Whatever the order of events, a ticket goes to the backend at most once, only
/// that of the login last started, and only with that login's verifier.
func step(_ state: LoginState, _ event: LoginEvent, now: Double) -> (LoginState, LoginEffect?) {
    func told(_ notice: LoginState.Notice) -> (LoginState, LoginEffect?) {
        (LoginState(phase: .signedOut, login: nil, notice: notice), nil)
    }
    func ignore(_ reason: String) -> (LoginState, LoginEffect?) { (state, .ignore(reason: reason)) }
    func isExchanging(_ id: String) -> Bool { state.phase == .exchanging && state.login?.state == id }

    switch event {
    case .started(let login):
        if state.phase == .exchanging || state.phase == .signedIn { return ignore("busy") }
        return (LoginState(phase: .waiting, login: login), .open(path: login.path, state: login.state))
    case .notOpened(let id):
        guard let login = state.login, login.state == id, !login.answered else { return ignore("other-login") }
        return told(.notOpened)
    case .answered(let text):
        switch Answer.judge(state.login, text, now: now) {
        case .ignored(let reason): return ignore(reason)
        case .cancelled: return told(.cancelled)
        case .failed(let code, let message): return told(.failed(code: code, message: message))
        case .granted(let ticket, let codeVerifier):
            guard var login = state.login else { return ignore("no-login") }
            login.answered = true
            return (
                LoginState(phase: .exchanging, login: login),
                .exchange(ticket: ticket, codeVerifier: codeVerifier, state: login.state)
            )
        }
    case .foregrounded:
        // An answer may still be on its way: the login stays, and a late answer is accepted.
        guard state.phase == .waiting else { return (state, nil) }
        return (LoginState(phase: .signedOut, login: state.login, notice: .cancelled), nil)
    case .exchanged(let id):
        return isExchanging(id) ? (LoginState(phase: .signedIn), nil) : ignore("other-login")
    case .refused(let id):
        return isExchanging(id) ? told(.refused) : ignore("other-login")
    case .signedOut:
        return (LoginState(), nil)
    }
}
