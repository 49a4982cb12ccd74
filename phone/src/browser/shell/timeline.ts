import { html, nothing, render, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { JournalEntry } from "../../journal";
import type { Note } from "../bridge";
import { words } from "./words";

const KEPT = 200;

interface Line {
  id: number;
  what: Note | JournalEntry;
  at: Date;
}

/** The live list of what happened: calls inside the phone and HTTP requests behind it, newest at the bottom. */
export class Timeline {
  readonly root = document.createElement("aside");
  #lines: Line[] = [];
  #lastId = 0;

  constructor() {
    this.root.className = "side events";
  }

  add(what: Note | JournalEntry): void {
    this.#lastId += 1;
    this.#lines = [...this.#lines.slice(1 - KEPT), { id: this.#lastId, what, at: new Date() }];
    this.render();
    const log = this.root.querySelector(".timeline");
    if (log) log.scrollTop = log.scrollHeight;
  }

  clear(): void {
    this.#lines = [];
    this.render();
  }

  render(): void {
    const { timeline, "timeline.empty": empty, "timeline.note": note } = words();
    render(
      html`
        <h2>${timeline}</h2>
        <div class="timeline" role="log" tabindex="0" aria-label=${timeline}>
          <ol>
            ${this.#lines.length === 0 ? html`<li class="empty quiet">${empty}</li>` : nothing}
            ${repeat(this.#lines, ({ id }) => id, line)}
          </ol>
        </div>
        <p class="quiet">${note}</p>
      `,
      this.root,
    );
  }
}

function line({ what, at }: Line): TemplateResult {
  const time = html`<time>${at.toTimeString().slice(0, 8)}</time>`;
  if ("kind" in what)
    return html`
      <li class="note ${what.kind}-note">
        ${time}
        <div><code>${what.name}</code>${what.detail ? html`<span class="detail">${what.detail}</span>` : nothing}</div>
      </li>
    `;
  const isGood = what.to === "WeChat" ? what.status === 0 : what.status >= 200 && what.status < 300;
  const party = (name: JournalEntry["from"]) => words()[`party.${name}`];
  return html`
    <li class="http ${isGood ? "good" : "bad"}">
      ${time}
      <div>
        <span class="parties">${party(what.from)} → ${party(what.to)}</span>
        <code>${what.method} ${shortened(what.path)}</code>
        <span class="status">${what.to === "WeChat" ? `errcode ${what.status}` : what.status}</span>
        ${what.to === "WeChat" ? nothing : html`<span class="detail">${Math.round(what.milliseconds)} ms</span>`}
      </div>
    </li>
  `;
}

/** A pool's id says nothing to a reader. */
function shortened(path: string): string {
  return path.replace(/[0-9a-f]{24}/, "…");
}
