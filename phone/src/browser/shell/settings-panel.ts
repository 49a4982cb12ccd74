import { html, render, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { SETTING_GROUPS, SETTINGS, type Device, type SettingGroup } from "../../device";
import type { PhoneSetup } from "../../setup";
import { words } from "./words";

interface Parts {
  setup: PhoneSetup;
  device: () => Device;
  set: (change: Partial<Device>) => void;
  actions: Record<"restart" | "comeBack" | "lock", () => void>;
}

type Name = keyof Device;

/** What a newcomer plays with first; everything else is below, group by group. */
const FIRST: readonly Name[] = ["person", "language", "getPhone", "questions", "network", "textScale", "theme"];

const LANGUAGES: Record<string, string> = { zh_CN: "简体中文", zh_TW: "繁體中文", en: "English" };

/** The quiet panel: what this is, who holds the phone, and how the phone is. */
export class SettingsPanel {
  readonly root = document.createElement("aside");
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.root.className = "side settings";
    this.root.id = "settings";
  }

  render(): void {
    const { title, lead, settings, moreSettings, groups } = words();
    const group = (key: SettingGroup) => {
      const names = (Object.keys(SETTING_GROUPS[key]) as Name[]).filter((name) => !FIRST.includes(name));
      return html`<h3>${groups[key]}</h3>
        ${names.map((name) => this.#row(name))}`;
    };
    render(
      html`
        <p class="brand">app2wxapp</p>
        <h1>${title}</h1>
        <p class="lead">${lead}</p>
        <h2>${settings}</h2>
        ${FIRST.map((name) => this.#row(name))}
        <details>
          <summary>${moreSettings}</summary>
          ${(Object.keys(SETTING_GROUPS) as SettingGroup[]).map(group)}
        </details>
        <div class="actions">${(["restart", "comeBack", "lock"] as const).map((name) => this.#action(name))}</div>
      `,
      this.root,
    );
  }

  #action(name: "restart" | "comeBack" | "lock"): TemplateResult {
    return html`<button class=${name} @click=${this.#parts.actions[name]}>${words()[name]}</button>`;
  }

  #row(name: Name): TemplateResult {
    return html`<label class="row"><span>${words().names[name]}</span>${this.#control(name)}</label>`;
  }

  #control(name: Name): TemplateResult {
    const { choices, range, initial } = SETTINGS[name];
    const value = this.#parts.device()[name];
    const set = (to: unknown) => this.#parts.set({ [name]: to });
    const fields = (event: Event) => event.currentTarget as HTMLInputElement;
    if (name === "theme") return toggle(name, value === "dark", (isOn) => set(isOn ? "dark" : "light"));
    if (typeof initial === "boolean") return toggle(name, value === true, set);
    if (range)
      return html`<input
        type="range"
        name=${name}
        min=${range[0]}
        max=${range[1]}
        step=${range[2]}
        .value=${live(String(value))}
        @input=${(event: Event) => set(Number(fields(event).value))}
      />`;
    const options = this.#options(name, choices);
    if (options)
      return html`<select
        name=${name}
        .value=${live(String(value))}
        @change=${(event: Event) => set(fields(event).value)}
      >
        ${options.map(([key, text]) => html`<option value=${key} ?selected=${key === value}>${text}</option>`)}
      </select>`;
    const isNumber = typeof initial === "number";
    return html`<input
      type=${isNumber ? "number" : "text"}
      name=${name}
      .value=${live(String(value))}
      @change=${(event: Event) => set(isNumber ? Number(fields(event).value) : fields(event).value)}
    />`;
  }

  /** The choices with their words; what has none is shown by its name. */
  #options(name: Name, choices: readonly unknown[] | undefined): [string, string][] | undefined {
    if (name === "language") return Object.entries(LANGUAGES);
    if (name === "person") return this.#people();
    if (name === "numberOf") return [["", words().choices["numberOf."]!], ...this.#people()];
    return choices?.map((choice) => [String(choice), words().choices[`${name}.${String(choice)}`] ?? String(choice)]);
  }

  #people(): [string, string][] {
    const isEnglish = this.#parts.device().language === "en";
    return this.#parts.setup.people.map(({ id, name, nameEn }) => [id, isEnglish ? nameEn : name]);
  }
}

function toggle(name: Name, isOn: boolean, set: (isOn: boolean) => void): TemplateResult {
  return html`<input
    type="checkbox"
    role="switch"
    name=${name}
    .checked=${live(isOn)}
    @change=${(event: Event) => set((event.currentTarget as HTMLInputElement).checked)}
  />`;
}
