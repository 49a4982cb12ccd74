import { html, render } from "lit-html";
import type { AppletSide, Entry, NavigationBar, PhoneSide } from "../bridge";
import { words } from "./words";

/** The applet on the screen: WeChat's bar with title and capsule, and below it the frame its pages live in. */
export class AppletWindow {
  readonly root = document.createElement("section");
  readonly #onClose: () => void;
  #bar: NavigationBar = { title: "", background: "", text: "black", custom: false };
  #frame: HTMLIFrameElement | undefined;
  #applet: AppletSide | undefined;
  /** What had the keyboard before a screen came over the applet. */
  #focused: HTMLElement | null | undefined;

  constructor(onClose: () => void) {
    this.#onClose = onClose;
    this.root.className = "applet-window";
    this.root.hidden = true;
    this.render();
  }

  /** Undefined while no applet runs. */
  get applet(): AppletSide | undefined {
    return this.#applet;
  }

  setBar(bar: NavigationBar): void {
    this.#bar = bar;
    this.root.style.setProperty("--bar-background", bar.background);
    this.root.dataset["barText"] = bar.text;
    this.render();
  }

  render(): void {
    const { title, custom } = this.#bar;
    render(
      html`
        <header class="navigation ${custom ? "custom" : ""}">
          <h1>${title}</h1>
          <div class="capsule">
            <span class="dots"><i></i></span>
            <button class="close" aria-label=${words().close} @click=${this.#onClose}><i></i></button>
          </div>
        </header>
        ${this.#frame}
      `,
      this.root,
    );
  }

  /** Loads the applet's frame and lets the applet start in it. */
  async start(entry: Entry, phone: PhoneSide): Promise<void> {
    const frame = document.createElement("iframe");
    frame.src = "/applet/";
    frame.title = words()["party.applet"];
    this.#frame = frame;
    const loaded = new Promise((done) => {
      frame.addEventListener("load", done, { once: true });
    });
    this.render();
    await loaded;
    if (this.#frame !== frame) return;
    const start = frame.contentWindow?.startApplet;
    if (!start) throw new Error("The applet's frame did not load");
    this.#applet = start(phone);
    this.#applet.coldStart(entry);
    this.focus();
  }

  focus(): void {
    this.#frame?.contentWindow?.focus();
  }

  /** Out of reach while a screen is over it; then the keyboard goes on where it was. */
  cover(isCovered: boolean): void {
    if (isCovered === this.root.inert) return;
    if (isCovered) this.#focused = this.#frame?.contentDocument?.activeElement as HTMLElement | null | undefined;
    this.root.inert = isCovered;
    if (isCovered) return;
    this.focus();
    this.#focused?.focus();
  }

  /** WeChat ends the applet's process. */
  end(): void {
    this.#frame = undefined;
    this.#applet = undefined;
    this.render();
  }
}
