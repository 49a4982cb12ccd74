import { startLogin, take, type Login } from "../../../packages/launch/src";
import type { SignedIn, SignInReply } from "../sign-in";
import { element } from "../../src/browser/shell/dom";
import { HOST_WORDS, type HostWords } from "./words";
import "./host-app.css";

interface Surroundings {
  setup: { appId: string; name: string; userPoolId: string };
  /** Whether this app wants a phone number. */
  wantsPhone(): boolean;
  /** WXLaunchMiniProgramReq. */
  openApplet(path: string): Promise<void>;
  /** The app's own backend. */
  signIn(ticket: string, codeVerifier: string | undefined): Promise<SignInReply>;
  isEnglish(): boolean;
}

type Screen = { name: "welcome"; problem?: string } | { name: "waiting" } | { name: "signedIn"; signedIn: SignedIn };

/** A small app with an account: what an integrator writes, from the button to the signed-in screen. */
export class HostApp {
  readonly root = element("section", { class: "host-app" });
  readonly #around: Surroundings;
  #screen: Screen = { name: "welcome" };
  /** The login an answer is waited for; an answer that fits none is ignored. */
  #login: Login | null = null;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  reset(): void {
    this.#login = null;
    this.#show({ name: "welcome" });
  }

  /** onResp: what launchApp handed over, or null when the person merely came back. */
  async onAnswer(extMsg: string | null): Promise<void> {
    const answer = take(this.#login, extMsg);
    if (answer.outcome === "ignored") return;
    this.#login = null;
    if (answer.outcome === "cancelled") this.#show({ name: "welcome", problem: this.#words.cancelled });
    else if (answer.outcome === "failed")
      this.#show({ name: "welcome", problem: `${this.#words.failed}（${answer.code} ${answer.message}）` });
    else {
      this.#show({ name: "waiting" });
      const reply = await this.#around.signIn(answer.ticket, answer.codeVerifier);
      if ("error" in reply) this.#show({ name: "welcome", problem: `${this.#words.failed}（${reply.error}）` });
      else this.#show({ name: "signedIn", signedIn: reply });
    }
  }

  render(): void {
    this.#show(this.#screen);
  }

  get #words(): HostWords {
    return this.#around.isEnglish() ? HOST_WORDS.en : HOST_WORDS.zh;
  }

  async #open(): Promise<void> {
    this.#login = startLogin({ userPoolId: this.#around.setup.userPoolId, getPhone: this.#around.wantsPhone() });
    this.#show({ name: "welcome" });
    await this.#around.openApplet(`/${this.#login.path}`);
  }

  #show(screen: Screen): void {
    this.#screen = screen;
    const words = this.#words;
    this.root.dataset["screen"] = screen.name;
    this.root.replaceChildren(
      element("header", {}, element("i", { class: "logo" }), element("strong", { text: words.name })),
      ...(screen.name === "signedIn" ? this.#account(screen.signedIn) : this.#welcome(screen)),
    );
  }

  #welcome(screen: Exclude<Screen, { name: "signedIn" }>): HTMLElement[] {
    const words = this.#words;
    const note = this.#around.wantsPhone() ? words.withPhone : words.withoutPhone;
    return [
      element("p", { class: "slogan", text: words.slogan }),
      element(
        "article",
        { class: "offer" },
        element("i", { class: "cup" }),
        element(
          "div",
          {},
          element("h2", { text: words.offer }),
          element("p", { text: words.offerDetail }),
          element("b", { text: words.price }),
        ),
      ),
      element(
        "footer",
        {},
        screen.name === "welcome" && screen.problem
          ? element("p", { class: "problem", text: screen.problem, attributes: { role: "status" } })
          : null,
        screen.name === "waiting"
          ? element("p", { class: "waiting", text: words.waiting, attributes: { role: "status" } })
          : element("button", { class: "login", text: words.login, on: { click: () => void this.#open() } }),
        element("p", { class: "fine", text: note }),
      ),
    ];
  }

  #account({ user, claims }: SignedIn): HTMLElement[] {
    const words = this.#words;
    const row = (name: string, value: string, style = "") =>
      element("div", { class: `row ${style}` }, element("span", { text: name }), element("b", { text: value }));
    return [
      element(
        "article",
        { class: "member" },
        element(
          "i",
          { class: "avatar" },
          user.photo ? element("img", { attributes: { src: user.photo, alt: "" } }) : user.nickname.slice(0, 1),
        ),
        element("div", {}, element("span", { text: words.welcome }), element("h2", { text: user.nickname })),
      ),
      element(
        "div",
        { class: "facts" },
        row(words.phone, user.phone ?? words.noPhone, "phone-number"),
        row(words.id, user.id, "user-id"),
        row(words.visits, String(user.loginsCount), "visits"),
      ),
      element("h3", { text: words.token }),
      element("pre", { class: "claims", text: JSON.stringify(claims, null, 1), attributes: { tabindex: "0" } }),
      element("p", { class: "fine", text: words.tokenNote }),
      element(
        "footer",
        {},
        element("button", { class: "logout", text: words.logout, on: { click: () => this.reset() } }),
      ),
    ];
  }
}
