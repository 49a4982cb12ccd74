import { element } from "./dom";
import { word } from "./words";

/** What WeChat itself draws over an applet, in a plain style of our own: sheets, questions, toasts, the contract. */
export class SystemScreens {
  readonly root = element("div", { class: "system" });
  #toast: HTMLElement | undefined;

  /** The phone number sheet; true for 允许. */
  askForNumber(applet: string, number: string): Promise<boolean> {
    return this.#ask("sheet", [
      element("div", { class: "sheet-app", text: applet }),
      element("h2", { text: word("sheet.asks") }),
      element(
        "div",
        { class: "sheet-number" },
        element("strong", { text: number }),
        element("span", { text: word("sheet.bound") }),
      ),
    ]);
  }

  /** Whether to leave WeChat for the app. */
  askToOpen(app: string): Promise<boolean> {
    return this.#ask("alert", [element("h2", { text: word("open.asks") }), element("p", { text: app })]);
  }

  modal({
    title,
    content,
    confirm,
    cancel,
  }: {
    title: string;
    content: string;
    confirm: string;
    cancel: string | null;
  }) {
    const body = [element("h2", { text: title }), element("p", { text: content })];
    return this.#ask("alert", body, confirm, cancel);
  }

  async contract(): Promise<void> {
    const body = [element("h2", { text: word("contract.title") }), element("p", { text: word("contract.text") })];
    await this.#ask("sheet", body, word("ok"), null);
  }

  toast(title: string | null): void {
    this.#toast?.remove();
    this.#toast =
      title === null ? undefined : element("div", { class: "toast", text: title, attributes: { role: "status" } });
    if (this.#toast) this.root.append(this.#toast);
  }

  /** The applet has ended; its questions go with it, unanswered. */
  clear(): void {
    this.root.replaceChildren();
  }

  #ask(style: string, body: Node[], yes = word("allow"), no: string | null = word("refuse")): Promise<boolean> {
    return new Promise((resolve) => {
      const answer = (value: boolean) => () => {
        layer.remove();
        resolve(value);
      };
      const buttons = element(
        "div",
        { class: "answers" },
        no === null ? null : element("button", { class: "no", text: no, on: { click: answer(false) } }),
        element("button", { class: "yes", text: yes, on: { click: answer(true) } }),
      );
      const box = element(
        "div",
        { class: style, attributes: { role: "dialog", "aria-modal": "true", "aria-label": word("emulation") } },
        ...body,
        buttons,
      );
      const layer = element("div", { class: "shade" }, box);
      this.root.append(layer);
    });
  }
}
