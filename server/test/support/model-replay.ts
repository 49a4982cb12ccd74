import { expect } from "@jest/globals";
import { createHash, randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { Wechat } from "@app2wxapp/wechat";
import { SETTINGS, type Setting } from "../../../prove/src/questions";
import { CALLER, SHARED_APPLET, type Body, type TestPool, type World } from "./world";

/** One line of a counterexample: what happens, and its details by name. */
interface Step {
  what: string;
  of: Record<string, string>;
}

/** A step after which the server is not where the model is. */
export interface Difference {
  step: string;
  /** `token`, `active`, `inactive`, `begun`, or the error code. */
  server: string;
}

/** The people of the model, among those the stand-in knows. */
const PEOPLE: Record<string, string> = { victim: "lin", mallory: "zhou" };
const APPS: Record<string, string | undefined> = { genuine: CALLER, hostile: "wxhostile0000000", unnamed: undefined };
const LONGER_THAN_A_RETRY = 6000;

/** Plays a counterexample's steps by HTTP against a server that listens, in a pool of its own. */
export class ModelReplay {
  readonly #verifiers = new Map<string, string>();
  readonly #tickets = new Map<number, string>();
  readonly #attempts = new Map<number, string>();
  readonly #asked = new Map<string, Promise<{ status: number; body: Body }>>();
  readonly #tokens: string[] = [];

  private constructor(
    readonly world: World,
    readonly wechat: Wechat,
    readonly setting: Setting,
    readonly pool: TestPool,
    readonly neighbour: TestPool,
  ) {}

  /** `loose` are settings of the pool that give up a lock. */
  static async prepare(world: World, wechat: Wechat, setting: Setting, loose: Body = {}): Promise<ModelReplay> {
    const { SECRET, PKCE, REQUIRE_PKCE } = SETTINGS[setting];
    const exchange = SECRET === 1 ? "secret" : PKCE === 1 && REQUIRE_PKCE === 1 ? "pkce" : "open";
    const pool = await world.createPool({ exchange, requirePkce: REQUIRE_PKCE === 1, ...loose });
    return new ModelReplay(world, wechat, setting, pool, await world.createPool({ allowedApps: "*" }));
  }

  /** Plays until the server does something else than the model; undefined when it never did. */
  async play(lines: readonly string[]): Promise<Difference | undefined> {
    for (const line of lines) {
      const server = await this.#take(parse(line), line);
      if (server !== undefined) return { step: line, server };
    }
    return undefined;
  }

  /** Waits for requests that are still on their way; how many tokens were given in all. */
  async tokens(): Promise<number> {
    for (const request of this.#asked.keys()) await this.#answer(request);
    return this.#tokens.length;
  }

  /** Takes a step; what the server did, if the model did otherwise. */
  async #take({ what, of }: Step, line: string): Promise<string | undefined> {
    switch (what) {
      case "begin":
        return this.#begin(this.pool, of);
      case "begin-elsewhere":
        return this.#begin(this.neighbour, { ...of, person: "victim", app: "hostile" });
      case "renew":
        return this.#renew(Number(of["login"]));
      case "exchange":
        this.#exchange(of);
        return undefined;
      case "answer": {
        const answer = await this.#answer(String(of["request"]));
        if (of["refused"] !== undefined) return answer === "token" || answer === "ticket.used" ? answer : undefined;
        return answer === (of["used"] === undefined ? "token" : "ticket.used") ? undefined : answer;
      }
      case "introspect": {
        const active = (await this.#introspect()) ? "active" : "inactive";
        return active === (of["active"] === "1" ? "active" : "inactive") ? undefined : active;
      }
      case "unlist":
        await this.world.changePool({ allowedApps: [{ appId: "wxanother0000000", name: "另一个" }] }, this.pool);
        return undefined;
      case "block":
        await this.#block();
        return undefined;
      case "wait":
        await this.world.pass(LONGER_THAN_A_RETRY);
        return undefined;
      default:
        throw new Error(`the model prints a step that nobody replays: ${line}`);
    }
  }

  async #begin(pool: TestPool, { login, person, app, challenge }: Step["of"]): Promise<string | undefined> {
    const { status, body } = await this.#post(`/oauth/app2wxapp/attempts/${pool.id}`, {
      code: this.wechat.device.loginCode(String(PEOPLE[String(person)]), SHARED_APPLET.appId),
      appId: SHARED_APPLET.appId,
      getPhone: false,
      callerAppId: APPS[String(app)],
      ...(challenge !== "nobody" && { codeChallenge: challengeOf(this.#verifierOf(String(challenge))) }),
    });
    if (status !== 200) return String(body["error"]);
    this.#attempts.set(Number(login), String(body["attempt"]));
    this.#tickets.set(2 * Number(login) + 1, String(body["ticket"]));
    return undefined;
  }

  async #renew(login: number): Promise<string | undefined> {
    const attempt = this.#attempts.get(login);
    const { status, body } = await this.#post(`/oauth/app2wxapp/tickets/${this.pool.id}`, { attempt });
    if (status !== 200) return String(body["error"]);
    this.#tickets.set(2 * login + 2, String(body["ticket"]));
    return undefined;
  }

  /** Sends an exchange; its answer is a step of its own, so that two can be on their way at once. */
  #exchange({ request, ticket, route, verifier }: Step["of"]): void {
    const pool = route === "neighbour" ? this.neighbour : this.pool;
    const secret = route === "neighbour" || (route === "backend" && SETTINGS[this.setting].SECRET === 1);
    const answer = this.#post(`/oauth/app2wxapp/auth/${pool.id}`, {
      ticket: this.#tickets.get(Number(ticket)),
      ...(secret && { secret: pool.secret }),
      ...(verifier !== "nobody" && { codeVerifier: this.#verifierOf(String(verifier)) }),
    });
    this.#asked.set(String(request), answer);
  }

  async #answer(request: string): Promise<string> {
    const asked = this.#asked.get(request);
    if (!asked) throw new Error(`request ${request} was not sent`);
    this.#asked.delete(request);
    const { status, body } = await asked;
    if (status !== 200) return String(body["error"]);
    this.#tokens.push(String(body["token"]));
    return "token";
  }

  async #introspect(): Promise<boolean> {
    const { id, secret } = this.pool;
    const { status, body } = await this.#post(`/oauth/introspect/${id}`, { token: this.#tokens.at(-1), secret });
    expect(status).toBe(200);
    return body["active"] === true;
  }

  /** Blocks Victim, who has an account from an earlier login. */
  async #block(): Promise<void> {
    const { id, secret } = this.pool;
    await this.#begin(this.pool, { login: "9", person: "victim", app: "genuine", challenge: "earlier" });
    const proof = { secret, codeVerifier: this.#verifierOf("earlier") };
    const { body } = await this.#post(`/oauth/app2wxapp/auth/${id}`, { ticket: this.#tickets.get(19), ...proof });
    const blocked = await this.world.admin("PATCH", `/pools/${id}/users/${String(body["_id"])}`, { blocked: true });
    expect(blocked.statusCode).toBe(200);
  }

  #verifierOf(whose: string): string {
    const verifier = this.#verifiers.get(whose) ?? randomBytes(32).toString("base64url");
    this.#verifiers.set(whose, verifier);
    return verifier;
  }

  async #post(path: string, body: Body): Promise<{ status: number; body: Body }> {
    const { port } = this.world.app.server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }
}

/** `begin login=0 person=victim` as its parts; a word without a value counts as a name. */
function parse(line: string): Step {
  const [what = "", ...details] = line.split(" ");
  const of = Object.fromEntries(
    details.map((detail) => detail.split("=") as [string, string?]).map(([a, b = ""]) => [a, b]),
  );
  return { what, of };
}

function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}
