import { html, nothing, render, type TemplateResult } from "lit-html";
import { startLogin, take, type Login } from "@app2wxapp/launch";
import type { SignedIn, SignInReply } from "../sign-in";
import { HOST_WORDS, type HostLanguage, type HostWords } from "./words";

interface Environment {
  setup: { appId: string; name: string; userPoolId: string };
  /** Whether this app wants a phone number. */
  wantsPhone(): boolean;
  /** WXLaunchMiniProgramReq. */
  openApplet(path: string): Promise<void>;
  /** The app's own backend. */
  signIn(ticket: string, codeVerifier: string | undefined): Promise<SignInReply>;
  language(): HostLanguage;
}

type Screen = { name: "welcome"; problem?: string } | { name: "waiting" } | { name: "signedIn"; signedIn: SignedIn };

/** A small app with an account: what an integrator writes, from the button to the signed-in screen. */
export class HostApp {
  readonly root = document.createElement("section");
  readonly #environment: Environment;
  #screen: Screen = { name: "welcome" };
  /** The login an answer is waited for; an answer that fits none is ignored. */
  #login: Login | null = null;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.root.className = "host-app";
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
    else if (answer.outcome === "failed") this.#fail(`${answer.code} ${answer.message}`);
    else {
      this.#show({ name: "waiting" });
      const reply = await this.#environment.signIn(answer.ticket, answer.codeVerifier);
      if ("error" in reply) this.#fail(reply.error);
      else this.#show({ name: "signedIn", signedIn: reply });
    }
  }

  render(): void {
    this.#show(this.#screen);
  }

  get #words(): HostWords {
    return HOST_WORDS[this.#environment.language()];
  }

  async #open(): Promise<void> {
    const { userPoolId } = this.#environment.setup;
    this.#login = startLogin({ userPoolId, getPhone: this.#environment.wantsPhone() });
    this.#show({ name: "welcome" });
    await this.#environment.openApplet(`/${this.#login.path}`);
  }

  #fail(reason: string): void {
    this.#show({ name: "welcome", problem: this.#words.failed(reason) });
  }

  #show(screen: Screen): void {
    this.#screen = screen;
    this.root.dataset["screen"] = screen.name;
    render(
      html`
        <header><i class="logo"></i><strong>${this.#words.name}</strong></header>
        ${screen.name === "signedIn" ? this.#account(screen.signedIn) : this.#welcome(screen)}
      `,
      this.root,
    );
  }

  #welcome(screen: Exclude<Screen, { name: "signedIn" }>): TemplateResult {
    const words = this.#words;
    const problem = screen.name === "welcome" ? screen.problem : undefined;
    return html`
      <p class="slogan">${words.slogan}</p>
      <article class="offer">
        <i class="cup"></i>
        <div>
          <h2>${words.offer}</h2>
          <p>${words.offerDetail}</p>
          <b>${words.price}</b>
        </div>
      </article>
      <footer>
        ${problem ? html`<p class="problem" role="status">${problem}</p>` : nothing}
        ${
          screen.name === "waiting"
            ? html`<p class="waiting" role="status">${words.waiting}</p>`
            : html`<button class="login" @click=${() => void this.#open()}>${words.login}</button>`
        }
        <p class="fine">${this.#environment.wantsPhone() ? words.withPhone : words.withoutPhone}</p>
      </footer>
    `;
  }

  #account({ user, claims }: SignedIn): TemplateResult {
    const words = this.#words;
    return html`
      <article class="member">
        <i class="avatar">${user.photo ? html`<img src=${user.photo} alt="" />` : user.nickname.slice(0, 1)}</i>
        <div>
          <span>${words.welcome}</span>
          <h2>${user.nickname}</h2>
        </div>
      </article>
      <div class="facts">
        <div class="row phone-number"><span>${words.phone}</span><b>${user.phone ?? words.noPhone}</b></div>
        <div class="row user-id"><span>${words.id}</span><b>${user.id}</b></div>
        <div class="row visits"><span>${words.visits}</span><b>${user.loginsCount}</b></div>
      </div>
      <h3>${words.token}</h3>
      <pre class="claims" tabindex="0">${JSON.stringify(claims, null, 1)}</pre>
      <p class="fine">${words.tokenNote}</p>
      <footer><button class="logout" @click=${() => this.reset()}>${words.logout}</button></footer>
    `;
  }
}
