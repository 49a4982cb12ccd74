/** 3 MB at most. */
const MOST = 20_000;

/**
 * Networks whose last login code WeChat refused, by applet: while calls to WeChat are scarce they come after the others.
 * One good code, and a network is as good as any. Beyond {@link MOST} the oldest is forgotten.
 */
export class Suspects {
  readonly #keys = new Set<string>();

  constructor(private readonly most = MOST) {}

  has(appId: string, from: string): boolean {
    return this.#keys.has(`${appId} ${from}`);
  }

  refused(appId: string, from: string): void {
    this.accepted(appId, from);
    this.#keys.add(`${appId} ${from}`);
    if (this.#keys.size <= this.most) return;
    const [oldest = ""] = this.#keys;
    this.#keys.delete(oldest);
  }

  accepted(appId: string, from: string): void {
    this.#keys.delete(`${appId} ${from}`);
  }
}
