import { randomInt } from "node:crypto";
import { Agent, request } from "undici";
import { APPLET } from "../bench/applet";
import { PEOPLE } from "../bench/crowd";
import { CALLER, type Pool } from "../bench/auth-server";
import type { Exchange } from "./history";
import { seconds } from "./program";

/** A phone's connection is new, as a rule; one that was kept may be ended by a proxy that reads its configuration anew. */
const unkept = new Agent({ pipelining: 0 });
/** Between tries. */
const PAUSE_SECONDS = 0.2;

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** People who log in through any of the servers while something is done to them, and a record of all that they saw. */
export class Traffic {
  readonly tickets = new Map<string, string>();
  readonly exchanges: Exchange[] = [];
  /** When a login was answered, by the monotonic clock. */
  readonly logins: number[] = [];
  /** Every answer that a person would see as a failure. */
  readonly failures: string[] = [];
  #isOver = false;
  #codes: string[] = [];
  #count = 0;
  #clients: Promise<void>[] = [];

  constructor(
    readonly origins: readonly string[],
    readonly pool: Pool,
    /** So many more login codes, of one person after the other, from the first again after the last. */
    readonly codes: (count: number) => Promise<string[]>,
    /** How long people wait for an answer, in milliseconds. */
    readonly patience = 3000,
  ) {}

  start(clients: number): void {
    this.#clients = Array.from({ length: clients }, () => this.#client());
  }

  /** Resolves when everybody has come to an end. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#clients);
  }

  /** The longest time without a login, in milliseconds, since a moment. */
  longestGap(since: number): number {
    const times = [since, ...this.logins.filter((at) => at >= since)];
    return Math.max(...times.map((at, nth) => (times[nth + 1] ?? at) - at));
  }

  async #client(): Promise<void> {
    while (!this.#isOver) {
      const { code, person } = await this.#nextCode();
      const body = { code, appId: APPLET.appId, getPhone: false, callerAppId: CALLER };
      const answer = await this.#post(`/oauth/app2wxapp/attempts/${this.pool.id}`, body);
      if (answer?.status !== 200) {
        this.#failed("login", answer);
        // As an applet waits before it tries again.
        await seconds(PAUSE_SECONDS);
        continue;
      }
      const ticket = String(answer.body["ticket"]);
      this.logins.push(performance.now());
      this.tickets.set(ticket, person);
      await this.#redeem(ticket);
    }
  }

  /** A third of all backends ask twice at once. Whoever does not know what came of it asks again. */
  async #redeem(ticket: string): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      const outcomes = await Promise.all(
        Array.from({ length: randomInt(3) === 0 ? 2 : 1 }, () => this.#exchange(ticket)),
      );
      if (outcomes.some((kind) => kind !== "unknown")) break;
      await seconds(PAUSE_SECONDS);
    }
    // Once more, by mistake: soon enough to cost the first one nothing.
    if (randomInt(10) === 0) await this.#exchange(ticket);
  }

  async #exchange(ticket: string): Promise<Exchange["outcome"]["kind"]> {
    const sentAt = performance.now();
    const answer = await this.#post(`/oauth/app2wxapp/auth/${this.pool.id}`, { ticket, secret: this.pool.secret });
    const outcome = outcomeOf(answer);
    if (outcome.kind === "unknown") this.#failed("exchange", answer);
    this.exchanges.push({ ticket, sentAt, answeredAt: performance.now(), outcome });
    return outcome.kind;
  }

  #failed(what: string, answer: Answer | undefined): void {
    this.failures.push(`${what}: ${answer ? `${answer.status} ${String(answer.body["error"])}` : "no answer"}`);
  }

  /** Undefined when there was no answer in time. Everybody has an address of their own, or the limits would be tested. */
  async #post(path: string, body: object): Promise<Answer | undefined> {
    const origin = this.origins[randomInt(this.origins.length)] ?? "";
    try {
      const { statusCode: status, body: stream } = await request(`${origin}${path}`, {
        method: "POST",
        dispatcher: unkept,
        headers: {
          "content-type": "application/json",
          "x-forwarded-for": `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(this.patience),
      });
      return { status, body: (await stream.json().catch(() => ({}))) as Record<string, unknown> };
    } catch {
      return undefined;
    }
  }

  async #nextCode(): Promise<{ code: string; person: string }> {
    while (this.#codes.length === 0) await this.#fetchCodes();
    return { code: this.#codes.shift() ?? "", person: `p${this.#count++ % PEOPLE}` };
  }

  #fetching: Promise<void> | undefined;
  #fetchCodes(): Promise<void> {
    this.#fetching ??= this.#fetch();
    return this.#fetching;
  }

  async #fetch(): Promise<void> {
    this.#codes.push(...(await this.codes(500)));
    this.#fetching = undefined;
  }
}

function outcomeOf(answer: Answer | undefined): Exchange["outcome"] {
  if (!answer || answer.status >= 500) return { kind: "unknown" };
  if (answer.status !== 200) return { kind: "refused", error: String(answer.body["error"]) };
  const { _id: userId, token } = answer.body as { _id: string; token: string };
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { jti: string };
  return { kind: "ok", userId, jti: claims.jti };
}
