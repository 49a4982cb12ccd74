import { html, nothing, render, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { words } from "./words";

interface Screen {
  id: number;
  style: "sheet" | "alert" | "lock";
  title: string;
  body: TemplateResult | string | typeof nothing;
  yes: string;
  /** Null: there is nothing to refuse. */
  no: string | null;
  answer: (value: boolean) => void;
}

/** What WeChat itself draws over an applet, in a plain style of our own: sheets, questions, toasts, pages. */
export class SystemScreens {
  readonly root = document.createElement("div");
  #screens: Screen[] = [];
  #toast: string | null = null;
  #lastId = 0;
  /** Told whether a screen is over the applet. */
  readonly #onCover: (isCovered: boolean) => void;

  constructor(onCover: (isCovered: boolean) => void) {
    this.#onCover = onCover;
    this.root.className = "system";
    this.root.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** The phone number sheet; true for 允许. */
  askForNumber(applet: string, number: string): Promise<boolean> {
    const body = html`<div class="sheet-number"><strong>${number}</strong><span>${words()["sheet.bound"]}</span></div>`;
    return this.#ask({ style: "sheet", title: words()["sheet.asks"](applet), body });
  }

  /** Whether the person accepts the privacy guidelines. */
  askForConsent(applet: string): Promise<boolean> {
    const { agree, refuse } = words();
    const body = html`<p>${words()["privacy.text"]}</p>`;
    return this.#ask({ style: "sheet", title: words()["privacy.asks"](applet), body, yes: agree, no: refuse });
  }

  /** Whether to leave WeChat for the app. */
  askToOpen(app: string): Promise<boolean> {
    return this.#ask({ style: "alert", title: words()["open.asks"](app) });
  }

  modal(question: { title: string; content: string; confirm: string; cancel: string | null }): Promise<boolean> {
    const { title, content, confirm, cancel } = question;
    return this.#ask({ style: "alert", title: title || content, body: title ? content : "", yes: confirm, no: cancel });
  }

  async contract(): Promise<void> {
    await this.#page(words()["contract.title"], words()["contract.text"]);
  }

  async customerService(): Promise<void> {
    await this.#page(words()["service.title"], words()["service.text"]);
  }

  /** Until the person unlocks the phone. */
  async lock(): Promise<void> {
    await this.#ask({ style: "lock", title: words().lock, yes: words().unlock, no: null });
  }

  toast(title: string | null): void {
    this.#toast = title;
    this.#render();
  }

  /** The applet has ended; its questions go with it, unanswered. */
  clear(): void {
    this.#screens = [];
    this.#render();
  }

  #page(title: string, body: string): Promise<boolean> {
    return this.#ask({ style: "sheet", title, body: html`<p>${body}</p>`, yes: words().ok, no: null });
  }

  #ask(asked: Pick<Screen, "style" | "title"> & Partial<Screen>): Promise<boolean> {
    return new Promise((resolve) => {
      this.#lastId += 1;
      const id = this.#lastId;
      const answer = (value: boolean) => {
        this.#screens = this.#screens.filter((screen) => screen.id !== id);
        this.#render();
        resolve(value);
      };
      const { allow, refuse } = words();
      this.#screens.push({ body: nothing, yes: allow, no: refuse, ...asked, id, answer });
      this.#render();
      this.root.querySelector<HTMLElement>(".shade:last-of-type [role=dialog]")?.focus();
    });
  }

  /** Escape refuses, or closes what asks nothing; Tab stays inside, because everything else is inert. */
  #onKey(event: KeyboardEvent): void {
    const screen = this.#screens.at(-1);
    if (event.key !== "Escape" || !screen) return;
    event.preventDefault();
    screen.answer(false);
  }

  #render(): void {
    const toast = this.#toast === null ? nothing : html`<div class="toast" role="status">${this.#toast}</div>`;
    const screens = repeat(this.#screens, ({ id }) => id, dialog);
    render(html`${toast}${screens}`, this.root);
    this.#onCover(this.#screens.length > 0);
  }
}

function dialog({ id, style, title, body, yes, no, answer }: Screen): TemplateResult {
  return html`
    <div class="shade">
      <div class=${style} role="dialog" aria-modal="true" aria-labelledby="asked-${id}" tabindex="-1">
        <h2 id="asked-${id}">${title}</h2>
        ${body}
        <div class="answers">
          ${no === null ? nothing : html`<button class="no" @click=${() => answer(false)}>${no}</button>`}
          <button class="yes" @click=${() => answer(true)}>${yes}</button>
        </div>
      </div>
    </div>
  `;
}
