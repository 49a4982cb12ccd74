import { restoreState, savedLogin, step, type LoginEvent, type LoginState } from "./machine";

/** What the login needs of the app. Nothing here may be slow but the promises. */
export interface LoginHost {
  /** Keeps the text in the app's own storage until the app is installed anew; null deletes it. */
  save(login: string | null): unknown;
  /** Opens the applet. False, or a rejection, where WeChat is missing or said no; it may settle as late as it likes. */
  open(path: string): boolean | Promise<boolean>;
  /** The app's backend trades the ticket. A rejection where it did not. */
  exchange(ticket: string, codeVerifier: string | undefined): Promise<unknown>;
  /** Shows where the login stands. */
  show(state: LoginState): void;
  /** An event that changed nothing, and why; for the log. */
  ignored?(reason: string): void;
}

/**
 * The app's login, running: tell it what happens, and it saves, opens, exchanges and shows. `saved` is what `save` kept
 * last, read when the app starts. Nothing it returns ever rejects.
 */
export function runLogin(host: LoginHost, saved: unknown): (event: LoginEvent) => void {
  let state = restoreState(saved);
  host.show(state);
  return send;

  function send(event: LoginEvent): void {
    const { state: next, effect } = step(state, event);
    state = next;
    const kept = attempt(() => host.save(savedLogin(state)));
    host.show(state);
    if (effect?.type === "ignore") host.ignored?.(effect.reason);
    if (effect?.type === "open")
      // Kept first: the system may end the app as soon as WeChat is in front.
      void kept
        .then(() => attempt(() => host.open(effect.path)))
        .then((opened) => opened === true || send({ type: "notOpened", state: effect.state }));
    if (effect?.type === "exchange")
      void attempt(() => host.exchange(effect.ticket, effect.codeVerifier).then(() => true)).then((done) =>
        send({ type: done === true ? "exchanged" : "refused", state: effect.state }),
      );
  }
}

/** What it gives, or false where it throws or rejects. */
function attempt(action: () => unknown): Promise<unknown> {
  return new Promise((resolve) => resolve(action())).catch(() => false);
}
