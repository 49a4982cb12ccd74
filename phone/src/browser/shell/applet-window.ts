import type { AppletSide, Entry, NavigationBar, PhoneSide } from "../bridge";
import { element } from "./dom";
import { word } from "./words";

/** The applet on the screen: WeChat's bar with title and capsule, and below it the frame its pages live in. */
export class AppletWindow {
  readonly #title = element("h1");
  readonly #capsule: HTMLElement;
  readonly #bar: HTMLElement;
  readonly root: HTMLElement;
  #frame: HTMLIFrameElement | undefined;
  #applet: AppletSide | undefined;

  constructor(onClose: () => void) {
    const close = element("button", { class: "close", on: { click: onClose } }, element("i"));
    this.#capsule = element("div", { class: "capsule" }, element("span", { class: "dots" }, element("i")), close);
    this.#bar = element("header", { class: "navigation" }, this.#title, this.#capsule);
    this.root = element("section", { class: "applet-window", attributes: { hidden: "" } }, this.#bar);
    this.speak();
  }

  /** Undefined while no applet runs. */
  get applet(): AppletSide | undefined {
    return this.#applet;
  }

  get title(): string {
    return this.#title.textContent ?? "";
  }

  speak(): void {
    this.#capsule.querySelector(".close")?.setAttribute("aria-label", word("close"));
  }

  setBar({ title, background, text, custom }: NavigationBar): void {
    this.#title.textContent = title;
    this.root.style.setProperty("--bar-background", background);
    this.root.dataset["barText"] = text;
    this.#bar.classList.toggle("custom", custom);
  }

  /** Loads the applet's frame and lets the applet start in it. */
  async start(entry: Entry, phone: PhoneSide): Promise<void> {
    const frame = element("iframe", { attributes: { src: "/applet/", title: word("party.applet") } });
    this.#frame = frame;
    this.root.append(frame);
    await new Promise((done) => {
      frame.addEventListener("load", done, { once: true });
    });
    if (this.#frame !== frame) return;
    const start = frame.contentWindow?.startApplet;
    if (!start) throw new Error("The applet's frame did not load");
    this.#applet = start(phone);
    this.#applet.coldStart(entry);
  }

  /** WeChat ends the applet's process. */
  end(): void {
    this.#frame?.remove();
    this.#frame = undefined;
    this.#applet = undefined;
  }
}
