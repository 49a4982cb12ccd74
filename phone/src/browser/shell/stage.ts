import { html, nothing, render } from "lit-html";
import type { Device } from "../../device";
import type { QueryProblem } from "../../device-query";
import { SETTINGS } from "../../device";
import { words } from "./words";

/** Below this the page is a phone already: no frame around ours. */
const NARROW_PX = 760;
const FRAME_PX = 12;
const MARGIN_PX = 16;
/** Of the link to what lies below the phone on a narrow screen. */
const LINK_PX = 44;

/** A screen as large as the window, where the window is that of a phone. */
export function screenOfWindow(): Partial<Device> {
  if (window.innerWidth >= NARROW_PX) return {};
  return {
    screenWidth: window.innerWidth,
    screenHeight: Math.max(window.innerHeight - LINK_PX, 480),
    safeAreaBottom: 0,
  };
}

/** The phone on the page: as large as it is, or as small as it has to be to be seen whole. */
export class Stage {
  readonly root = document.createElement("main");
  readonly #screen: HTMLElement;
  #device: Device | undefined;

  constructor(screen: HTMLElement) {
    this.root.className = "stage";
    this.#screen = screen;
    window.addEventListener("resize", () => this.#fit());
  }

  render(device: Device, problems: readonly QueryProblem[]): void {
    this.#device = device;
    render(
      html`
        ${problems.length === 0 ? nothing : banner(problems)}
        <div class="place"><div class="frame">${this.#screen}</div></div>
        <a class="to-settings" href="#settings">${words().toSettings}</a>
      `,
      this.root,
    );
    this.#screen.style.width = `${device.screenWidth}px`;
    this.#screen.style.height = `${device.screenHeight}px`;
    this.#screen.dataset["theme"] = device.theme;
    this.#screen.style.setProperty("--safe-area-bottom", `${device.safeAreaBottom}px`);
    this.#fit();
  }

  #fit(): void {
    const place = this.root.querySelector<HTMLElement>(".place");
    const frame = this.root.querySelector<HTMLElement>(".frame");
    if (!this.#device || !place || !frame) return;
    const isNarrow = window.innerWidth < NARROW_PX;
    const border = isNarrow ? 0 : 2 * FRAME_PX;
    const [width, height] = [this.#device.screenWidth + border, this.#device.screenHeight + border];
    const banners = this.root.querySelector<HTMLElement>(".banner")?.offsetHeight ?? 0;
    const room = window.innerHeight - banners - (isNarrow ? LINK_PX : 2 * MARGIN_PX);
    const scale = Math.min(1, room / height, isNarrow ? window.innerWidth / width : 1);
    frame.style.transform = `scale(${scale})`;
    place.style.width = `${width * scale}px`;
    place.style.height = `${height * scale}px`;
  }
}

function banner(problems: readonly QueryProblem[]) {
  const said = problems.map(({ name, problem }) => {
    if (problem !== "notChoice") return words()[`problem.${problem}`](name);
    return words()["problem.notChoice"](name, (SETTINGS[name as keyof Device].choices ?? []).join(", "));
  });
  return html`<div class="banner" role="alert">
    <b>${words()["problem.title"]}</b>${said.map((text) => html`<div>${text}</div>`)}
  </div>`;
}
