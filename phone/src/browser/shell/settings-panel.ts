import type { Device } from "../../device";
import type { PhoneSetup } from "../../setup";
import { element } from "./dom";
import { isEnglish, word } from "./words";

interface Parts {
  setup: PhoneSetup;
  device: () => Device;
  set: (change: Partial<Device>) => void;
  restart: () => void;
}

/** The quiet panel: what this is, who holds the phone, and how the phone is. */
export class SettingsPanel {
  readonly root = element("aside", { class: "side settings" });
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  render(): void {
    const { setup, restart } = this.#parts;
    const people = setup.people.map(({ id, name, nameEn }): [string, string] => [id, isEnglish() ? nameEn : name]);
    this.root.replaceChildren(
      element("p", { class: "brand", text: "app2wxapp" }),
      element("h1", { text: word("title") }),
      element("p", { class: "lead", text: word("lead") }),
      element("h2", { text: word("settings") }),
      this.#select("person", people),
      this.#select("language", [
        ["zh_CN", "简体中文"],
        ["zh_TW", "繁體中文"],
        ["en", "English"],
      ]),
      this.#switch(
        "getPhone",
        (device) => device.getPhone,
        (on) => ({ getPhone: on }),
      ),
      this.#select("questions", [
        ["ask", word("questions.ask")],
        ["allow", word("questions.allow")],
        ["refuse", word("questions.refuse")],
      ]),
      this.#select("network", [
        ["online", word("network.online")],
        ["offline", word("network.offline")],
        ["timeout", word("network.timeout")],
      ]),
      this.#textSize(),
      this.#switch(
        "theme",
        (device) => device.theme === "dark",
        (on) => ({ theme: on ? "dark" : "light" }),
      ),
      element("button", { class: "restart", text: word("restart"), on: { click: restart } }),
    );
  }

  #select(name: "person" | "language" | "questions" | "network", choices: [string, string][]): HTMLElement {
    const select = element("select", {
      attributes: { name },
      on: { change: () => this.#parts.set({ [name]: select.value }) },
    });
    for (const [value, text] of choices) select.append(element("option", { text, attributes: { value } }));
    select.value = this.#parts.device()[name];
    return element("label", { class: "row" }, element("span", { text: word(name) }), select);
  }

  #switch(name: "getPhone" | "theme", read: (device: Device) => boolean, change: (on: boolean) => Partial<Device>) {
    const box = element("input", {
      attributes: { type: "checkbox", role: "switch", name },
      on: { change: () => this.#parts.set(change(box.checked)) },
    });
    box.checked = read(this.#parts.device());
    return element("label", { class: "row" }, element("span", { text: word(name) }), box);
  }

  #textSize(): HTMLElement {
    const slider = element("input", {
      attributes: { type: "range", min: "1", max: "1.4", step: "0.1", name: "textScale" },
      on: { input: () => this.#parts.set({ textScale: Number(slider.value) }) },
    });
    slider.value = String(this.#parts.device().textScale);
    return element("label", { class: "row" }, element("span", { text: word("textScale") }), slider);
  }
}
