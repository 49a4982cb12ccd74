import type { JournalEntry } from "../../journal";
import type { Note } from "../bridge";
import { element } from "./dom";
import { word } from "./words";

const KEPT = 200;

/** The live list of what happened: calls inside the phone and HTTP requests behind it, newest at the bottom. */
export class Timeline {
  readonly #list = element("ol");
  readonly #log = element("div", { class: "timeline", attributes: { role: "log", tabindex: "0" } }, this.#list);
  readonly #heading = element("h2");
  readonly #note = element("p", { class: "quiet" });
  readonly root = element("aside", { class: "side events" }, this.#heading, this.#log, this.#note);
  readonly #lines: (() => HTMLElement)[] = [];

  add(what: Note | JournalEntry): void {
    const at = new Date();
    this.#lines.push(() => line(what, at));
    if (this.#lines.length > KEPT) this.#lines.shift();
    this.#list.querySelector(".empty")?.remove();
    this.#list.append(line(what, at));
    if (this.#list.childElementCount > KEPT) this.#list.firstElementChild?.remove();
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  clear(): void {
    this.#lines.length = 0;
    this.speak();
  }

  speak(): void {
    this.#heading.textContent = word("timeline");
    this.#note.textContent = word("timeline.note");
    this.#log.setAttribute("aria-label", word("timeline"));
    const lines = this.#lines.map((make) => make());
    this.#list.replaceChildren(
      ...(lines.length > 0 ? lines : [element("li", { class: "empty quiet", text: word("timeline.empty") })]),
    );
  }
}

function line(what: Note | JournalEntry, at: Date): HTMLElement {
  const time = element("time", { text: at.toTimeString().slice(0, 8) });
  if ("kind" in what)
    return element(
      "li",
      { class: `note ${what.kind}-note` },
      time,
      element(
        "div",
        {},
        element("code", { text: what.name }),
        what.detail ? element("span", { class: "detail", text: what.detail }) : null,
      ),
    );
  const good = what.to === "WeChat" ? what.status === 0 : what.status >= 200 && what.status < 300;
  return element(
    "li",
    { class: `http ${good ? "good" : "bad"}` },
    time,
    element(
      "div",
      {},
      element("span", { class: "parties", text: `${word(`party.${what.from}`)} → ${word(`party.${what.to}`)}` }),
      element("code", { text: `${what.method} ${shortened(what.path)}` }),
      element("span", { class: "status", text: what.to === "WeChat" ? `errcode ${what.status}` : String(what.status) }),
      what.to === "WeChat" ? null : element("span", { class: "detail", text: `${Math.round(what.milliseconds)} ms` }),
    ),
  );
}

/** A pool's id says nothing to a reader. */
function shortened(path: string): string {
  return path.replace(/[0-9a-f]{24}/, "…");
}
