import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import net from "node:net";
import { plainAddress, networkOf } from "../src/http/client-address";
import { ADMIN_TOKEN, stranger, World, type Body } from "./support/world";

const READER_TOKEN = "a-readers-token-with-plenty-of-bytes";

describe("administration", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({
      settings: {
        admins: [
          { name: "ada", role: "owner", token: ADMIN_TOKEN },
          { name: "eve", role: "reader", token: READER_TOKEN },
        ],
      },
    });
    world.secrets.watch(READER_TOKEN);
  });
  afterAll(() => world.close());

  test("answers at no address of the open listener, however it is spelled", async () => {
    for (const url of [
      "/admin/v1/pools",
      "/%61dmin/v1/pools",
      "//admin/v1/pools",
      "/oauth/../admin/v1/pools",
      "/admin%2fv1%2fpools",
      "/metrics",
      "/%6detrics",
      "/console",
    ]) {
      const response = await world.app.inject({
        method: "GET",
        url,
        headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      });
      expect([url, response.statusCode]).toEqual([url, 404]);
    }
    for (const [app, url] of [
      [world.adminApp, "/admin/v1/pools"],
      [world.adminApp, "/metrics"],
    ] as const) {
      const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
      expect((await app.inject({ method: "GET", url, headers })).statusCode).toBe(200);
    }
    const url = `/oauth/app2wxapp/auth/${world.pool.id}`;
    expect((await world.adminApp.inject({ method: "POST", url })).statusCode).toBe(404);
  });

  test("lets a reader look and change nothing", async () => {
    const reader = { bearer: READER_TOKEN };
    expect((await world.call("GET", "/admin/v1/session", reader)).json()).toEqual({ name: "eve", role: "reader" });
    expect((await world.admin("GET", "/session")).json()).toEqual({ name: "ada", role: "owner" });
    for (const path of ["/pools", `/pools/${world.pool.id}`, `/pools/${world.pool.id}/users`, "/audit"]) {
      expect((await world.call("GET", `/admin/v1${path}`, reader)).statusCode).toBe(200);
    }
    const change = { ...reader, body: { name: "changed" } };
    for (const response of [
      await world.call("PATCH", `/admin/v1/pools/${world.pool.id}`, change),
      await world.call("DELETE", `/admin/v1/pools/${world.pool.id}`, reader),
      await world.call("POST", `/admin/v1/pools/${world.pool.id}/secret`, reader),
    ]) {
      expect(response.statusCode).toBe(403);
      expect(response.json<Body>()["message"]).toContain("只能查看");
    }
    expect((await world.admin("GET", `/pools/${world.pool.id}`)).json<{ pool: Body }>().pool["name"]).toBe("示例");
  });

  test("refuses a question it does not know, and says which: an answer to another one could hit the wrong person", async () => {
    const { id } = world.pool;
    for (const path of [`/pools/${id}/users?fone=138`, `/pools?foo=1`, `/pools/${id}?foo=1`, "/audit?who=ada"]) {
      const response = await world.admin("GET", path);
      expect([path, response.statusCode]).toEqual([path, 422]);
      expect(response.json<Body>()["message"]).toMatch(/(fone|foo|who): /);
    }
  });
});

describe("every answer", () => {
  let world: World;
  beforeAll(async () => (world = await World.open()));
  afterAll(() => world.close());

  test("names its request, and is kept by nobody unless it says so", async () => {
    const person = stranger();
    const answers = [
      await world.attempt(person),
      await world.exchange({ ticket: await world.ticket(person), secret: world.pool.secret }),
      await world.exchange({ ticket: "none", secret: "wrong" }),
      await world.call("GET", `/oauth/users/${world.pool.id}/${"0".repeat(24)}`, { bearer: world.pool.secret }),
      await world.admin("POST", `/pools/${world.pool.id}/secret`),
      await world.admin("GET", `/pools/${world.pool.id}/users`),
      await world.call("GET", "/nowhere"),
      await world.app.inject({ method: "GET", url: "/%" }),
    ];
    for (const response of answers) {
      expect(response.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
      expect(response.headers["cache-control"]).toBe("no-store");
    }
    const refused = answers.filter(({ statusCode }) => statusCode >= 400);
    expect(refused.map((response) => response.json<Body>()["requestId"])).toEqual(
      refused.map(({ headers }) => headers["x-request-id"]),
    );
    const keys = await world.call("GET", `/oauth/jwks/${world.pool.id}`);
    expect(keys.headers["cache-control"]).toBe("public, max-age=300");
    expect(keys.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("to what is no HTTP has the same shape", async () => {
    const port = Number(new URL(await world.listen()).port);
    const heard = await new Promise<string>((resolve) => {
      let text = "";
      const socket = net.connect(port, "127.0.0.1", () => socket.write("this is no HTTP\r\n\r\n"));
      socket.on("data", (chunk) => (text += chunk.toString()));
      socket.on("close", () => resolve(text));
    });
    const [head = "", body = ""] = heard.split("\r\n\r\n");
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(body)).toMatchObject({ code: 400, error: "request.invalid", data: null });
    expect(head).toContain(`x-request-id: ${String((JSON.parse(body) as Body)["requestId"])}`);
  });

  test("to a client that names JSON and sends nothing, where nothing is needed, is what it asked for", async () => {
    const response = await world.adminApp.inject({
      method: "POST",
      url: `/admin/v1/pools/${world.pool.id}/secret`,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, "content-type": "application/json" },
    });
    world.secrets.watchJson(response.json());
    expect(response.statusCode).toBe(200);
    const url = `/oauth/app2wxapp/attempts/${world.pool.id}`;
    const empty = await world.app.inject({ method: "POST", url, headers: { "content-type": "application/json" } });
    expect(empty.statusCode).toBe(400);
  });
});

describe("the log", () => {
  test("tells the error code of what was refused, and of probes nothing unless one wants to know all", async () => {
    const world = await World.open({ settings: { logLevel: "info" } });
    const start = world.secrets.lines.length;
    await world.call("GET", "/healthz");
    await world.call("GET", "/readyz");
    await world.exchange({ ticket: "none", secret: "wrong" });
    const lines = world.secrets.lines.slice(start).map((line) => JSON.parse(line) as Body);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ status: 401, error: "client.unauthorized" });
    await world.close();
  });

  test("warns once of forwarded requests while no proxy is trusted", async () => {
    const world = await World.open();
    for (let time = 0; time < 3; time++) {
      await world.app.inject({ method: "GET", url: "/healthz", headers: { "x-forwarded-for": "192.0.2.1" } });
    }
    expect(world.secrets.lines.filter((line) => line.includes("proxy.untrusted"))).toHaveLength(1);
    await world.close();
    const trusting = await World.open({ settings: { trustProxy: 1 } });
    await trusting.app.inject({ method: "GET", url: "/healthz", headers: { "x-forwarded-for": "192.0.2.1" } });
    expect(trusting.secrets.lines.filter((line) => line.includes("proxy.untrusted"))).toEqual([]);
    await trusting.close();
  });
});

test.each([
  ["192.0.2.1", "192.0.2.1", "192.0.2.1"],
  ["192.0.2.1:443", "192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1", "192.0.2.1"],
  ["::ffff:c000:201", "192.0.2.1", "192.0.2.1"],
  ["[2001:db8::1]:443", "2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:DB8:0:0:1:2:3:4", "2001:db8::1:2:3:4", "2001:db8:0:0::/64"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  [`fe80::1%eth0`, "fe80::1", "fe80:0:0:0::/64"],
  ["::1", "::1", "0:0:0:0::/64"],
])("the address %s is %s, and counts as %s", (text, address, network) => {
  expect(plainAddress(text)).toBe(address);
  expect(networkOf(address)).toBe(network);
});

test.each([["a-ticket"], [""], ["192.0.2"], [`fe80::1%${"z".repeat(5000)}`], ["192.0.2.1:port"]])(
  "%s is no address",
  (text) => {
    expect(plainAddress(text)).toBeUndefined();
  },
);
