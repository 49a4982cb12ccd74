import { expect } from "@jest/globals";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { randomBytes } from "node:crypto";
import type { AccountReply, AttemptReply, TicketReply } from "@app2wxapp/protocol";
import { buildServer, type AuthServer } from "../../src/app";
import { createVault, type Vault } from "../../src/secrets/vault";
import type { Settings } from "../../src/startup/settings";
import { Metrics } from "../../src/observability/metrics";
import { openStore } from "../../src/startup/open-store";
import type { Dialect } from "../../src/store/statement";
import type { Store } from "../../src/store/store";
import type { WeChat } from "../../src/wechat/wechat";
import { newDatabase, type TestDatabase } from "./databases";
import { TestWeChat, type TestPerson } from "./people";
import { DescribedRefusals } from "./described-refusals";
import { SecretWatch } from "./secret-watch";

export const SHARED_APPLET = { appId: "wxshared000000000", appSecret: "the-shared-applets-appsecret-0001" };
export const CALLER = "wxcaller00000000";
export const ADMIN_TOKEN = "administrator-token-with-plenty-of-bytes";

export interface TestPool {
  id: string;
  secret: string;
  tokenKey: string;
}

interface Options {
  dialect?: Dialect;
  settings?: Partial<Settings>;
  /** What the database holds before the server opens it. */
  fill?: (database: TestDatabase) => Promise<void>;
  /** Where the server finds it. Missing: at its own address. */
  reach?: (database: TestDatabase) => Promise<string>;
  /** Missing: a new one. */
  masterKey?: string;
  /** Epoch milliseconds at the start, on SQLite. */
  time?: number;
  /** Missing: a {@link TestWeChat}. */
  wechat?: (store: Store, vault: Vault, clock: () => number) => WeChat;
  metrics?: Metrics;
}

export type Body = Record<string, unknown>;

/** Taken from the first server that is asked: all of them describe themselves alike, and it takes a while to put together. */
let described: DescribedRefusals | undefined;

/** An auth server in process with its database, a clock, a WeChat and one pool that admits one app. */
export class World {
  readonly wechat = new TestWeChat();
  readonly secrets = new SecretWatch();
  server!: AuthServer;
  vault!: Vault;
  store!: Store;
  pool!: TestPool;
  #asked!: WeChat;
  readonly #refused: { method: string; url: string; response: LightMyRequestResponse }[] = [];
  #time: number;

  private constructor(
    readonly dialect: Dialect,
    readonly database: TestDatabase,
    readonly options: Options,
  ) {
    this.#time = options.time ?? Date.parse("2026-03-01T08:00:00Z");
  }

  static async open(options: Options = {}): Promise<World> {
    const { dialect = "sqlite", masterKey = randomBytes(32).toString("base64") } = options;
    const world = new World(dialect, await newDatabase(dialect), options);
    await options.fill?.(world.database);
    await world.#start(masterKey);
    world.pool = await world.createPool();
    return world;
  }

  /** Ends the server and starts it again on the same database, under other master keys. */
  async restart(masterKey: string, formerMasterKey?: string): Promise<void> {
    await this.#stop();
    await this.#start(masterKey, formerMasterKey);
  }

  async #start(masterKey: string, formerMasterKey?: string): Promise<void> {
    const { settings = {}, wechat, metrics = new Metrics() } = this.options;
    const clock = (): number => this.#time;
    this.vault = createVault(masterKey, formerMasterKey);
    const url = (await this.options.reach?.(this.database)) ?? this.database.url;
    this.store = await openStore(url, clock, this.vault, { observer: metrics.database });
    this.#asked = wechat ? wechat(this.store, this.vault, clock) : this.wechat;
    this.secrets.watch(masterKey, ADMIN_TOKEN, SHARED_APPLET.appSecret);
    this.server = await buildServer({
      settings: {
        sharedApplet: SHARED_APPLET,
        admins: [{ name: "ada", role: "owner", token: ADMIN_TOKEN }],
        trustProxy: false,
        logLevel: "debug",
        publicOrigin: "https://auth.example.com",
        formerOrigins: [],
        ...settings,
      },
      store: this.store,
      vault: this.vault,
      clock,
      metrics,
      wechat: this.#asked,
      logStream: this.secrets,
    });
  }

  async #stop(): Promise<void> {
    await this.app.close();
    await this.adminApp.close();
    await this.#asked.close();
    await this.store.close();
  }

  /** What applets and backends reach. */
  get app(): FastifyInstance {
    return this.server.open.app;
  }

  /** Lets what applets and backends reach be reached on a free port, and gives its origin. */
  listen(): Promise<string> {
    return this.app.listen({ host: "127.0.0.1", port: 0 });
  }

  /** What operators reach. */
  get adminApp(): FastifyInstance {
    return this.server.admin.app;
  }

  /** Ends everything, after a look at what the server logged, and at whether it refused in ways its description tells. */
  async close(): Promise<void> {
    if (this.#refused.length > 0) await this.#checkRefusals();
    await this.#stop();
    await this.database.drop();
    expect(this.secrets.found()).toEqual([]);
  }

  async #checkRefusals(): Promise<void> {
    if (!described) {
      const texts = await Promise.all([this.app, this.adminApp].map((app) => app.inject("/openapi.json")));
      described = new DescribedRefusals(texts.map(({ body }) => body));
    }
    for (const { method, url, response } of this.#refused) described.check(method, url, response);
  }

  /** The time by the clock that decides. */
  now(): Promise<number> {
    return this.store.read(async (tx) => tx.now);
  }

  /** Lets time pass: by the injected clock on SQLite; PostgreSQL's own cannot be set, so everything stored ages. */
  async pass(milliseconds: number): Promise<void> {
    this.#time += milliseconds;
    if (this.dialect === "sqlite") return;
    const columns = {
      attempts: ["created_at", "expires_at", "purge_at", "consumed_at", "token_expires_at", "phone_verified_at"],
      tickets: ["expires_at"],
      identities: ["phone_verified_at"],
      limits: ["tat"],
      revocations: ["expires_at"],
      challenges: ["expires_at"],
      token_keys: ["retires_at"],
      account_sessions: ["expires_at"],
      users: ["deletes_at"],
      console_sessions: ["seen_at", "idle_at", "ends_at"],
    };
    // With another revision, or the copy in memory would be taken for the present one.
    await this.store.transaction((tx) =>
      tx.script(
        `update pools set next_key_signs_at = next_key_signs_at - ${milliseconds}, revision = revision || '+'
         where next_key_signs_at is not null`,
      ),
    );
    for (const [table, names] of Object.entries(columns)) {
      const changes = names.map((name) => `${name} = ${name} - ${milliseconds}`).join(", ");
      await this.store.transaction((tx) => tx.script(`update ${table} set ${changes}`));
    }
  }

  async call(method: "GET" | "POST" | "PATCH" | "DELETE", url: string, options: { body?: Body; bearer?: string } = {}) {
    const { body, bearer } = options;
    const app = url.startsWith("/admin/") ? this.adminApp : this.app;
    const response = await app.inject({
      method,
      url,
      ...(body && { payload: body }),
      headers: { ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) },
    });
    if (response.statusCode >= 400) this.#refused.push({ method, url, response });
    this.secrets.watchJson(body ?? {});
    if (response.body !== "" && !url.startsWith("/openapi")) this.secrets.watchJson(response.json());
    return response;
  }

  admin(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: Body): Promise<LightMyRequestResponse> {
    return this.call(method, `/admin/v1${path}`, { ...(body && { body }), bearer: ADMIN_TOKEN });
  }

  async createPool(settings: Body = {}): Promise<TestPool> {
    const response = await this.admin("POST", "/pools", {
      name: "示例",
      allowedApps: [{ appId: CALLER, name: "示例应用" }],
      ...settings,
    });
    expect(response.statusCode).toBe(201);
    const { pool, secret, tokenKey } = response.json<{ pool: { id: string }; secret: string; tokenKey: string }>();
    return { id: pool.id, secret, tokenKey };
  }

  async changePool(settings: Body, pool = this.pool): Promise<void> {
    const response = await this.admin("PATCH", `/pools/${pool.id}`, settings);
    expect({ status: response.statusCode, body: response.json<Body>() }).toMatchObject({ status: 200 });
  }

  attempt(person: TestPerson, body: Body = {}, pool = this.pool): Promise<LightMyRequestResponse> {
    return this.call("POST", `/oauth/app2wxapp/attempts/${pool.id}`, {
      body: {
        code: this.wechat.loginCode(person),
        appId: SHARED_APPLET.appId,
        getPhone: false,
        callerAppId: CALLER,
        ...body,
      },
    });
  }

  /** Looks at somebody's own accounts. */
  account(person: TestPerson, body: Body = {}): Promise<LightMyRequestResponse> {
    const code = this.wechat.loginCode(person);
    return this.call("POST", "/oauth/app2wxapp/account/sessions", {
      body: { code, appId: SHARED_APPLET.appId, ...body },
    });
  }

  /** Changes one of them, with a fresh code, after a look unless `account` is given. */
  async changeAccount(person: TestPerson, body: Body): Promise<LightMyRequestResponse> {
    const account = body["account"] ?? (await this.account(person)).json<AccountReply>().account;
    const code = this.wechat.loginCode(person);
    return this.call("POST", "/oauth/app2wxapp/account/changes", {
      body: { code, userPoolId: this.pool.id, ...body, account },
    });
  }

  tickets(body: Body, pool = this.pool): Promise<LightMyRequestResponse> {
    return this.call("POST", `/oauth/app2wxapp/tickets/${pool.id}`, { body });
  }

  exchange(body: Body, pool = this.pool): Promise<LightMyRequestResponse> {
    return this.call("POST", `/oauth/app2wxapp/auth/${pool.id}`, { body });
  }

  /** A ticket of a login that needed nothing. */
  async ticket(person: TestPerson, body: Body = {}, pool = this.pool): Promise<string> {
    const reply = (await this.attempt(person, body, pool)).json<AttemptReply>();
    expect(reply).toMatchObject({ needs: [] });
    return String(reply.ticket);
  }

  /** A ticket of a login in which the person gave the phone. */
  async ticketWithPhone(person: TestPerson, pool = this.pool): Promise<string> {
    const { attempt } = (await this.attempt(person, { getPhone: true }, pool)).json<AttemptReply>();
    const reply = await this.tickets({ attempt, phoneCode: this.wechat.phoneCode(person) }, pool);
    expect(reply.statusCode).toBe(200);
    return reply.json<TicketReply>().ticket;
  }

  /** A whole login: the user object with its token. */
  async login(person: TestPerson, body: Body = {}, pool = this.pool): Promise<Body> {
    return this.redeem(await this.ticket(person, body, pool), pool);
  }

  async loginWithPhone(person: TestPerson, pool = this.pool): Promise<Body> {
    return this.redeem(await this.ticketWithPhone(person, pool), pool);
  }

  async redeem(ticket: string, pool = this.pool): Promise<Body> {
    const response = await this.exchange({ ticket, secret: pool.secret }, pool);
    expect({ status: response.statusCode, body: response.json<Body>() }).toMatchObject({ status: 200 });
    return response.json<Body>();
  }

  /** Events of the audit log, oldest first. */
  async audit(pool = this.pool): Promise<{ event: string; actor: string; subject: string; details: Body }[]> {
    const response = await this.admin("GET", `/audit?pool=${pool.id}&limit=999`);
    return response
      .json<{ entries: { event: string; actor: string; subject: string; details: Body }[] }>()
      .entries.toReversed();
  }
}

/** Status and error code of a refused call. */
export function refusal(response: LightMyRequestResponse): { status: number; error: unknown } {
  return { status: response.statusCode, error: response.json<Body>()["error"] };
}

let people = 0;

/** Somebody nobody has met. */
export function stranger(more: Partial<TestPerson> = {}): TestPerson {
  people++;
  const number = String(people).padStart(4, "0");
  return {
    openid: `openid-of-stranger-${number}`,
    unionid: `unionid-of-stranger-${number}`,
    phone: `1380013${number}`,
    ...more,
  };
}
