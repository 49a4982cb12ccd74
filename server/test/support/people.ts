import { Refusal } from "../../src/refusal";
import type { Applet, WeChat } from "../../src/wechat/wechat";

/** Somebody as WeChat knows them. */
export interface TestPerson {
  openid: string;
  unionid?: string;
  phone?: string;
}

/** WeChat in process: codes are made for a person and work once, as the real ones do. */
export class TestWeChat implements WeChat {
  readonly #codes = new Map<string, TestPerson>();
  #count = 0;
  /** How many phone numbers were asked for. */
  phoneCalls = 0;

  loginCode(person: TestPerson): string {
    return this.#issue(`login-code-${++this.#count}`, person);
  }

  phoneCode(person: TestPerson): string {
    return this.#issue(`phone-code-${++this.#count}`, person);
  }

  /** Whose applet's secret was last shown to WeChat. */
  appSecret = "";

  async login({ appSecret }: Applet, code: string) {
    this.appSecret = appSecret;
    const { openid, unionid } = this.#redeem(code, "wechat_code.invalid");
    return unionid === undefined ? { openid } : { openid, unionid };
  }

  async phoneNumber(_applet: unknown, code: string, openid: string): Promise<string> {
    this.phoneCalls++;
    const person = this.#redeem(code, "phone_code.invalid");
    if (person.openid !== openid) throw new Refusal("phone.mismatch");
    if (person.phone === undefined) throw new Refusal("phone_code.invalid");
    // A Chinese number is written as people in China write it.
    return person.phone.startsWith("+") ? person.phone : `+86${person.phone}`;
  }

  /** What {@link check} is answered with; undefined: the credentials are right. */
  refusesCredentials: Refusal | undefined;

  async check(): Promise<void> {
    if (this.refusesCredentials) throw this.refusesCredentials;
  }

  health(): ReturnType<WeChat["health"]> {
    return [{ appId: "wxshared000000000", state: "open", running: 0, waiting: 0 }];
  }

  async close(): Promise<void> {
    this.#codes.clear();
  }

  #issue(code: string, person: TestPerson): string {
    this.#codes.set(code, person);
    return code;
  }

  #redeem(code: string, error: "wechat_code.invalid" | "phone_code.invalid"): TestPerson {
    const person = this.#codes.get(code);
    if (!person) throw new Refusal(error);
    this.#codes.delete(code);
    return person;
  }
}
