package com.example.app.login;

/** Where the app's login stands, and what each event does to it. */
public final class LoginState {
  public enum Phase { SIGNED_OUT, WAITING, EXCHANGING, SIGNED_IN }

  /** What to tell the person; {@link #code} and {@link #message} belong to FAILED. */
  public enum Notice { CANCELLED, FAILED, NOT_OPENED, REFUSED }

  public static final LoginState SIGNED_OUT = new LoginState(Phase.SIGNED_OUT, null, null, 0, null);

  public final Phase phase;
  /** The login whose answer is still accepted. */
  public final Login login;
  public final Notice notice;
  public final int code;
  public final String message;

  private LoginState(Phase phase, Login login, Notice notice, int code, String message) {
    this.phase = phase;
    this.login = login;
    this.notice = notice;
    this.code = code;
    this.message = message;
  }

  /** What to store after each step, null to delete it. */
  public String saved() {
    return login == null || login.answered ? null : login.stored();
  }

  /** Where the app stands when it starts, from what {@link #saved} gave before the process ended. */
  public static LoginState restore(String saved, long now) {
    Login login = Login.restore(saved, now);
    return login == null ? SIGNED_OUT : new LoginState(Phase.WAITING, login, null, 0, null);
  }

  /** The person tapped the login button. */
  public Step started(Login next) {
    if (phase == Phase.EXCHANGING || phase == Phase.SIGNED_IN) return ignore("busy");
    return new Step(new LoginState(Phase.WAITING, next, null, 0, null), Effect.open(next));
  }

  /** WeChat is missing, or sendReq said no. */
  public Step notOpened(String state) {
    if (login == null || !login.state.equals(state) || login.answered) return ignore("other-login");
    return told(Notice.NOT_OPENED);
  }

  /**
   * WeChat handed over a string. Whatever the order of events, a ticket goes to the backend at most once, only that of
   * the login last started, and only with that login's verifier.
   */
  public Step answered(String text, long now) {
    Answer answer = Answer.judge(login, text, now);
    switch (answer.outcome) {
      case GRANTED:
        return new Step(new LoginState(Phase.EXCHANGING, login.asAnswered(), null, 0, null), Effect.exchange(answer, login));
      case CANCELLED:
        return told(Notice.CANCELLED);
      case FAILED:
        return new Step(new LoginState(Phase.SIGNED_OUT, null, Notice.FAILED, answer.code, answer.message), null);
      default:
        return ignore(answer.reason);
    }
  }

  /** The app came to the front again. An answer may still be on its way: the login stays, and a late answer is accepted. */
  public Step foregrounded() {
    if (phase != Phase.WAITING) return new Step(this, null);
    return new Step(new LoginState(Phase.SIGNED_OUT, login, Notice.CANCELLED, 0, null), null);
  }

  /** The backend traded the ticket of the login with this state. */
  public Step exchanged(String state) {
    if (!isExchanging(state)) return ignore("other-login");
    return new Step(new LoginState(Phase.SIGNED_IN, null, null, 0, null), null);
  }

  /** The backend did not. */
  public Step refused(String state) {
    return isExchanging(state) ? told(Notice.REFUSED) : ignore("other-login");
  }

  public Step signedOut() {
    return new Step(SIGNED_OUT, null);
  }

  private boolean isExchanging(String state) {
    return phase == Phase.EXCHANGING && login.state.equals(state);
  }

  private Step ignore(String reason) {
    return new Step(this, Effect.ignore(reason));
  }

  private static Step told(Notice notice) {
    return new Step(new LoginState(Phase.SIGNED_OUT, null, notice, 0, null), null);
  }

  public static final class Step {
    public final LoginState state;
    /** Null: nothing to do. */
    public final Effect effect;

    Step(LoginState state, Effect effect) {
      this.state = state;
      this.effect = effect;
    }
  }

  /** What the app does next. Fields that do not belong to the kind are null. */
  public static final class Effect {
    public enum Kind { OPEN, EXCHANGE, IGNORE }

    public final Kind kind;
    /** OPEN, EXCHANGE: which login; goes back with notOpened, exchanged or refused. */
    public final String state;
    /** OPEN */
    public final String path;
    /** EXCHANGE: both go to the backend. */
    public final String ticket;
    public final String codeVerifier;
    /** IGNORE: worth a line in the log. */
    public final String reason;

    private Effect(Kind kind, String state, String path, String ticket, String codeVerifier, String reason) {
      this.kind = kind;
      this.state = state;
      this.path = path;
      this.ticket = ticket;
      this.codeVerifier = codeVerifier;
      this.reason = reason;
    }

    static Effect open(Login login) {
      return new Effect(Kind.OPEN, login.state, login.path, null, null, null);
    }

    static Effect exchange(Answer answer, Login login) {
      return new Effect(Kind.EXCHANGE, login.state, null, answer.ticket, login.codeVerifier, null);
    }

    static Effect ignore(String reason) {
      return new Effect(Kind.IGNORE, null, null, null, null, reason);
    }
  }
}
