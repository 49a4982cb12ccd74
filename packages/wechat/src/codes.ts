import { randomBytes } from "node:crypto";
import type { Person } from "./people";

export type CodeKind = "login" | "phone";
export type CodeProblem = "invalid" | "used" | "other app";

/** Both kinds of code live five minutes (wx.login and getPhoneNumber, developers.weixin.qq.com). */
const LIFETIME_MS = 5 * 60_000;

/**
 * What wx.login answers in WeChat devtools under the tourist AppID, always the same text. WeChat's own server refuses it;
 * the stand-in can take it, any number of times, for the person `devtools`.
 */
export const DEVTOOLS_CODE = "the code is a mock one";
export const TOURIST_APP_ID = "touristappid";

interface Issued {
  kind: CodeKind;
  appId: string;
  person: Person;
  expiresAt: number;
  used: boolean;
}

/** The single-use codes that WeChat's client hands to an applet. */
export class Codes {
  readonly #issued = new Map<string, Issued>();
  readonly #tourist: Person | undefined;
  readonly #now: () => number;

  constructor(people: readonly Person[], now: () => number) {
    this.#tourist = people.find((person) => person.id === "devtools");
    this.#now = now;
  }

  issue(kind: CodeKind, appId: string, person: Person): string {
    // Login codes are 32 characters, phone codes 64 hexadecimal ones.
    const code =
      kind === "login" ? `0${randomBytes(24).toString("base64url").slice(0, 31)}` : randomBytes(32).toString("hex");
    this.#issued.set(code, { kind, appId, person, expiresAt: this.#now() + LIFETIME_MS, used: false });
    return code;
  }

  /** The person of WeChat devtools, if this is its code. */
  devtoolsPerson(code: string, appId: string): Person | undefined {
    return code === DEVTOOLS_CODE && appId === TOURIST_APP_ID ? this.#tourist : undefined;
  }

  /** The person the code stands for, once. A code that another AppID or the other call presents stays unused. */
  redeem(
    kind: CodeKind,
    code: string,
    appId: string,
    mayBe: (person: Person) => boolean = () => true,
  ): Person | CodeProblem {
    const issued = this.#issued.get(code);
    if (!issued || issued.kind !== kind || issued.expiresAt <= this.#now()) return "invalid";
    if (issued.appId !== appId) return "other app";
    if (issued.used) return "used";
    if (mayBe(issued.person)) issued.used = true;
    return issued.person;
  }
}
