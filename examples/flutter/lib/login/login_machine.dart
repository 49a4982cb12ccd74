import 'login.dart';

enum Phase { signedOut, waiting, exchanging, signedIn }

/// What to tell the person.
enum NoticeKind {
  /// The person declined, or came back without an answer.
  cancelled,
  failed,

  /// WeChat is not installed, or did not open.
  notOpened,

  /// The app's backend did not accept the ticket, or could not be reached.
  refused,
}

class Notice {
  const Notice(this.kind, {this.code = 0, this.message = ''});
  final NoticeKind kind;

  /// The applet's return code and words, where it failed.
  final int code;
  final String message;
}

/// Where the app's login stands; [login] is the one whose answer is still accepted.
class LoginState {
  const LoginState([this.phase = Phase.signedOut, this.login, this.notice]);
  final Phase phase;
  final Login? login;
  final Notice? notice;

  /// What to store after each step, null to delete it.
  String? get saved => login == null || login!.answered ? null : login!.stored;

  /// Where the app stands when it starts, from what [saved] gave before the process ended.
  static LoginState restore(String? saved, int now) {
    final login = Login.restore(saved, now);
    return login == null ? const LoginState() : LoginState(Phase.waiting, login);
  }
}

sealed class LoginEvent {
  const LoginEvent();
}

class Started extends LoginEvent {
  const Started(this.login);
  final Login login;
}

/// WeChat is missing, or sendReq said no.
class NotOpened extends LoginEvent {
  const NotOpened(this.state);
  final String state;
}

class Answered extends LoginEvent {
  const Answered(this.text);
  final String? text;
}

/// The app came to the front again.
class Foregrounded extends LoginEvent {
  const Foregrounded();
}

/// The backend traded the ticket of the login with this state.
class Exchanged extends LoginEvent {
  const Exchanged(this.state);
  final String state;
}

/// The backend did not.
class Refused extends LoginEvent {
  const Refused(this.state);
  final String state;
}

class SignedOut extends LoginEvent {
  const SignedOut();
}

sealed class LoginEffect {
  const LoginEffect();
}

class Open extends LoginEffect {
  const Open(this.path, this.state);
  final String path;
  final String state;
}

/// Hand the ticket to the backend; report [Exchanged] or [Refused] with this state.
class Exchange extends LoginEffect {
  const Exchange(this.ticket, this.codeVerifier, this.state);
  final String ticket;
  final String codeVerifier;
  final String state;
}

/// Nothing to do; worth a line in the log.
class Ignore extends LoginEffect {
  const Ignore(this.reason);
  final String reason;
}

class Step {
  const Step(this.state, [this.effect]);
  final LoginState state;
  final LoginEffect? effect;
}

/// What an event does to the app's login. Whatever the order of events, a ticket goes to the backend at most once, only
/// that of the login last started, and only with that login's verifier.
Step step(LoginState before, LoginEvent event, int now) {
  final login = before.login;
  Step ignore(String reason) => Step(before, Ignore(reason));
  Step told(Notice notice) => Step(LoginState(Phase.signedOut, null, notice));
  bool isExchanging(String state) => before.phase == Phase.exchanging && login?.state == state;

  switch (event) {
    case Started(login: final next):
      if (before.phase == Phase.exchanging || before.phase == Phase.signedIn) return ignore('busy');
      return Step(LoginState(Phase.waiting, next), Open(next.path, next.state));
    case NotOpened(:final state):
      if (login == null || login.state != state || login.answered) return ignore('other-login');
      return told(const Notice(NoticeKind.notOpened));
    case Answered(:final text):
      switch (judge(login, text, now)) {
        case Ignored(:final reason):
          return ignore(reason);
        case Cancelled():
          return told(const Notice(NoticeKind.cancelled));
        case Failed(:final code, :final message):
          return told(Notice(NoticeKind.failed, code: code, message: message));
        case Granted(:final ticket, :final codeVerifier):
          return Step(
            LoginState(Phase.exchanging, login!.asAnswered()),
            Exchange(ticket, codeVerifier, login.state),
          );
      }
    case Foregrounded():
      // An answer may still be on its way: the login stays, and a late answer is accepted.
      if (before.phase != Phase.waiting) return Step(before);
      return Step(LoginState(Phase.signedOut, login, const Notice(NoticeKind.cancelled)));
    case Exchanged(:final state):
      return isExchanging(state) ? const Step(LoginState(Phase.signedIn)) : ignore('other-login');
    case Refused(:final state):
      return isExchanging(state) ? told(const Notice(NoticeKind.refused)) : ignore('other-login');
    case SignedOut():
      return const Step(LoginState());
  }
}
