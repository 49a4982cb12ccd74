import type { Device } from "../../device";

/** After a refusal calls fail at once for this long. */
const REST_MS = 10_000;

/**
 * The person's consent to an applet's privacy guidelines, as WeChat asks for it before the first private data.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
 */
export class PrivacyConsent {
  #isGiven = false;
  #refusedAt = -Infinity;
  readonly #device: () => Device;
  readonly #ask: () => Promise<boolean>;

  constructor(device: () => Device, ask: () => Promise<boolean>) {
    this.#device = device;
    this.#ask = ask;
  }

  isMissing(): boolean {
    return this.#device().privacy === "asks" && !this.#isGiven;
  }

  async obtain(): Promise<boolean> {
    if (!this.isMissing()) return true;
    if (performance.now() - this.#refusedAt < REST_MS) return false;
    this.#isGiven = await this.#ask();
    if (!this.#isGiven) this.#refusedAt = performance.now();
    return this.#isGiven;
  }

  /** The applet was removed from the recent ones. */
  forget(): void {
    this.#isGiven = false;
    this.#refusedAt = -Infinity;
  }
}
