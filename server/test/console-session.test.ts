import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LightMyRequestResponse } from "fastify";
import { buildServer } from "../src/app";
import { DIALECTS } from "./support/databases";
import { ADMIN_TOKEN, World } from "./support/world";

const READER_TOKEN = "readers-token-with-plenty-of-bytes-too";
const MINUTE = 60_000;

describe.each(DIALECTS)("the console's session on %s", (dialect) => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({
      dialect,
      settings: {
        admins: [
          { name: "ada", role: "owner", token: ADMIN_TOKEN },
          { name: "bob", role: "reader", token: READER_TOKEN },
        ],
      },
    });
    world.secrets.watch(READER_TOKEN);
  });
  afterAll(() => world.close());

  interface Signed {
    cookie: string;
    proof: string;
  }

  const inject = (
    method: "GET" | "POST" | "PATCH" | "DELETE",
    url: string,
    headers: Record<string, string>,
    payload?: object,
  ) => world.adminApp.inject({ method, url: `/admin/v1${url}`, headers, ...(payload && { payload }) });
  const cookieOf = (reply: LightMyRequestResponse): string => String(reply.headers["set-cookie"]).split(";")[0]!;

  async function signIn(token = ADMIN_TOKEN, headers: Record<string, string> = {}): Promise<Signed> {
    const reply = await inject("POST", "/session", { "x-console": "1", ...headers }, { token });
    expect(reply.statusCode).toBe(200);
    const { proof } = reply.json<{ proof: string }>();
    world.secrets.watch(cookieOf(reply).split("=")[1]!);
    return { cookie: cookieOf(reply), proof };
  }
  const asked = ({ cookie, proof }: Signed) => ({ cookie, "x-console": proof });

  test("is given for an administrator's token, in a cookie that no script and no other site can use", async () => {
    const reply = await inject("POST", "/session", { "x-console": "1" }, { token: ADMIN_TOKEN });
    expect(reply.json()).toEqual({
      name: "ada",
      role: "owner",
      proof: expect.stringMatching(/^[\w-]{43}$/),
      idleAt: expect.any(Number),
    });
    expect(reply.headers["set-cookie"]).toMatch(/^app2wxapp-console=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(reply.body).not.toContain(cookieOf(reply).split("=")[1]);
  });

  test("behind https has a cookie that no neighbouring host can set", async () => {
    const headers = { "x-console": "1", origin: "https://console.example.com" };
    const reply = await inject("POST", "/session", headers, { token: ADMIN_TOKEN });
    expect(reply.headers["set-cookie"]).toMatch(
      /^__Host-app2wxapp-console=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
  });

  test("is not given for another token", async () => {
    for (const token of ["wrong", world.pool.secret]) {
      expect((await inject("POST", "/session", { "x-console": "1" }, { token })).statusCode).toBe(401);
    }
  });

  test("administers, and the audit log says who", async () => {
    const signed = await signIn();
    expect((await inject("GET", "/pools", asked(signed))).statusCode).toBe(200);
    const changed = await inject("PATCH", `/pools/${world.pool.id}`, asked(signed), { name: "改过" });
    expect(changed.statusCode).toBe(200);
    expect((await world.audit()).at(-1)).toMatchObject({ actor: "admin:ada", event: "pool.changed" });
  });

  test("of a reader changes nothing", async () => {
    const signed = await signIn(READER_TOKEN);
    expect((await inject("GET", "/pools", asked(signed))).statusCode).toBe(200);
    for (const [method, url] of [
      ["PATCH", `/pools/${world.pool.id}`],
      ["DELETE", `/pools/${world.pool.id}`],
      ["POST", `/pools/${world.pool.id}/secret`],
      ["POST", "/pools"],
    ] as const) {
      expect((await inject(method, url, asked(signed), {})).statusCode).toBe(403);
    }
  });

  test.each([
    ["without what only its page knows", () => ({ "x-console": "" })],
    ["with a guess of it", () => ({ "x-console": "1" })],
    ["with that of another session", (other: Signed) => ({ "x-console": other.proof })],
  ])("does nothing %s", async (_, change) => {
    const [signed, other] = [await signIn(), await signIn()];
    const headers = { ...asked(signed), ...change(other) };
    expect((await inject("DELETE", `/pools/${world.pool.id}`, headers)).statusCode).toBe(401);
    expect((await inject("GET", "/pools", headers)).statusCode).toBe(401);
  });

  test.each(["cross-site", "same-site", "none"])("does nothing for a page that the browser calls %s", async (site) => {
    const headers = { ...asked(await signIn()), "sec-fetch-site": site };
    expect((await inject("POST", `/pools/${world.pool.id}/secret`, headers)).statusCode).toBe(401);
    const forced = { "x-console": "1", "sec-fetch-site": site };
    expect((await inject("POST", "/session", forced, { token: ADMIN_TOKEN })).statusCode).toBe(403);
  });

  test("cannot be forced on a browser: signing in makes another one, and ends the one that was there", async () => {
    const fixed = await signIn();
    const reply = await inject("POST", "/session", { "x-console": "1", cookie: fixed.cookie }, { token: READER_TOKEN });
    expect(cookieOf(reply)).not.toBe(fixed.cookie);
    expect((await inject("GET", "/pools", asked(fixed))).statusCode).toBe(401);
    const invented = { cookie: `app2wxapp-console=${"A".repeat(43)}`, "x-console": "1" };
    expect((await inject("GET", "/session", invented)).statusCode).toBe(401);
  });

  test("is ambiguous with two cookies, and then nobody's", async () => {
    const [one, two] = [await signIn(), await signIn()];
    const headers = { cookie: `${one.cookie}; ${two.cookie}`, "x-console": one.proof };
    expect((await inject("GET", "/pools", headers)).statusCode).toBe(401);
  });

  test("tells a page that is opened again who works here", async () => {
    const signed = await signIn();
    const reply = await inject("GET", "/session", { cookie: signed.cookie, "x-console": "1" });
    expect(reply.json()).toMatchObject({ name: "ada", role: "owner", proof: signed.proof });
  });

  test("ends by sign-out, for every tab", async () => {
    const signed = await signIn();
    const left = await inject("DELETE", "/session", asked(signed));
    expect({ status: left.statusCode, cookies: left.headers["set-cookie"] }).toEqual({
      status: 204,
      cookies: [expect.stringContaining("Max-Age=0"), expect.stringContaining("Max-Age=0")],
    });
    expect((await inject("GET", "/pools", asked(signed))).statusCode).toBe(401);
  });

  test("cannot be ended by another site", async () => {
    const signed = await signIn();
    await inject("DELETE", "/session", { cookie: signed.cookie, "x-console": "1", "sec-fetch-site": "cross-site" });
    expect((await inject("GET", "/pools", asked(signed))).statusCode).toBe(200);
  });

  test("ends when nothing happens for half an hour, and not while something does", async () => {
    const signed = await signIn();
    for (let minutes = 0; minutes < 60; minutes += 20) {
      await world.pass(20 * MINUTE);
      expect((await inject("GET", "/pools", asked(signed))).statusCode).toBe(200);
    }
    await world.pass(31 * MINUTE);
    expect((await inject("GET", "/pools", asked(signed))).statusCode).toBe(401);
  });

  test("ends after half a day however busy it was", async () => {
    const signed = await signIn();
    for (let minutes = 0; minutes < 12 * 60; minutes += 24) {
      expect((await inject("GET", "/pools", asked(signed))).statusCode).toBe(200);
      await world.pass(24 * MINUTE);
    }
    expect((await inject("GET", "/pools", asked(signed))).statusCode).toBe(401);
  });

  test("opens no way around the limit of wrong tokens", async () => {
    const guess = (index: number) =>
      inject("GET", "/pools", { authorization: `Bearer ${"wrong".repeat(8)}${index}`, "x-console": "1" });
    for (let index = 0; index < 20; index++) await guess(index);
    expect((await guess(20)).statusCode).toBe(429);
    expect((await inject("GET", "/pools", asked(await signIn()))).statusCode).toBe(200);
  });
});

test("the console's session ends with the token it was given for", async () => {
  const world = await World.open();
  const reply = await world.adminApp.inject({
    method: "POST",
    url: "/admin/v1/session",
    headers: { "x-console": "1" },
    payload: { token: ADMIN_TOKEN },
  });
  const { proof } = reply.json<{ proof: string }>();
  const cookie = String(reply.headers["set-cookie"]).split(";")[0]!;
  const headers = { cookie, "x-console": proof };
  expect((await world.adminApp.inject({ url: "/admin/v1/pools", headers })).statusCode).toBe(200);
  const { store, vault, wechat } = world;
  const restarted = await buildServer({
    settings: {
      sharedApplet: undefined,
      admins: [{ name: "ada", role: "owner", token: "another-token-with-plenty-of-bytes-in-it" }],
      trustProxy: false,
      logLevel: "silent",
      publicOrigin: "https://auth.example.com",
      formerOrigins: [],
    },
    store,
    vault,
    wechat,
  });
  expect((await restarted.admin.app.inject({ url: "/admin/v1/pools", headers })).statusCode).toBe(401);
  await restarted.admin.app.close();
  await restarted.open.app.close();
  await world.close();
});
