import { html, nothing, render, type TemplateResult } from "lit-html";
import { runLogin, SIGNED_OUT, startLogin, type LoginEvent, type LoginState } from "@app2wxapp/launch";
import type { OwnAnswer, SignedIn, SignInReply } from "../sign-in";
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

/** A small app with an account: what an integrator writes, from the button to the signed-in screen. */
export class HostApp {
  readonly root = document.createElement("section");
  readonly #environment: Environment;
  readonly #send: (event: LoginEvent) => void;
  #state: LoginState = SIGNED_OUT;
  /** What the backend answered last. */
  #reply: SignInReply | null = null;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.root.className = "host-app";
    this.#send = runLogin(
      {
        // A real app keeps the login in its own storage; this one lives no longer than its page.
        save: () => undefined,
        open: (path) => environment.openApplet(`/${path}`).then(() => true),
        exchange: async (ticket, codeVerifier) => {
          this.#reply = await environment.signIn(ticket, codeVerifier);
          const problem = problemOf(this.#reply);
          if (problem) throw new Error(problem);
        },
        show: (state) => {
          this.#state = state;
          this.render();
        },
      },
      null,
    );
  }

  reset(): void {
    this.#send({ type: "signedOut" });
  }

  /** onResp: what launchApp handed over. */
  onAnswer(extMsg: string): void {
    this.#send({ type: "answered", text: extMsg });
  }

  /** The app is in front again, with an answer, before one, or without. */
  onForeground(): void {
    this.#send({ type: "foregrounded" });
  }

  #signIn(): void {
    const { userPoolId } = this.#environment.setup;
    this.#send({ type: "started", login: startLogin({ userPoolId, getPhone: this.#environment.wantsPhone() }) });
  }

  get #words(): HostWords {
    return HOST_WORDS[this.#environment.language()];
  }

  get #problem(): string | null {
    const { notice } = this.#state;
    if (!notice) return null;
    if (notice.kind === "cancelled") return this.#words.cancelled;
    if (notice.kind === "failed") return this.#words.failed(`${notice.code} ${notice.message}`);
    const reason = notice.kind === "refused" && this.#reply ? problemOf(this.#reply) : undefined;
    return this.#words.failed(reason ?? notice.kind);
  }

  render(): void {
    const { phase } = this.#state;
    this.root.dataset["phase"] = phase;
    const reply = phase === "signedIn" ? this.#reply : null;
    render(
      html`
        <header><i class="logo"></i><strong>${this.#words.name}</strong></header>
        ${reply && "user" in reply ? this.#account(reply) : reply && "answer" in reply ? this.#answered(reply.answer) : this.#welcome()}
      `,
      this.root,
    );
  }

  #welcome(): TemplateResult {
    const words = this.#words;
    const problem = this.#problem;
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
        ${problem && this.#reply && "answer" in this.#reply ? said(this.#reply.answer) : nothing}
        ${
          this.#state.phase === "exchanging"
            ? html`<p class="waiting" role="status">${words.waiting}</p>`
            : html`<button class="login" @click=${() => this.#signIn()}>${words.login}</button>`
        }
        <p class="fine">${this.#environment.wantsPhone() ? words.withPhone : words.withoutPhone}</p>
      </footer>
    `;
  }

  /** The developer's own backend let the person in; what it answered is theirs to read. */
  #answered(answer: OwnAnswer): TemplateResult {
    const words = this.#words;
    return html`
      <h3>${words.answered(answer.status)}</h3>
      ${said(answer)}
      <footer><button class="logout" @click=${() => this.reset()}>${words.logout}</button></footer>
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

/** Why nobody is signed in by this reply; undefined: somebody is. */
function problemOf(reply: SignInReply): string | undefined {
  if ("error" in reply) return reply.error;
  if (!("answer" in reply)) return undefined;
  const { status } = reply.answer;
  return status >= 200 && status < 300 ? undefined : `HTTP ${status}`;
}

function said({ body }: OwnAnswer): TemplateResult {
  return html`<pre class="answer" tabindex="0">${indented(body)}</pre>`;
}

/** JSON over lines, anything else as it is. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 1);
  } catch {
    return body;
  }
}
