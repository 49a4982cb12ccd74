import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SecretWatch } from "./support/secret-watch";
import { describeError } from "../src/http/log";
import { Refusal } from "../src/refusal";
import { stranger, World, type Body } from "./support/world";

describe("the log, at debug level", () => {
  let world: World;
  beforeAll(async () => (world = await World.open()));
  afterAll(() => world.close());

  const linesSince = (start: number) => world.secrets.lines.slice(start).map((line) => JSON.parse(line) as Body);

  test("tells of each request its route, pool, status and time, and not one secret that went by", async () => {
    const start = world.secrets.lines.length;
    const person = stranger();
    const ticket = await world.ticketWithPhone(person);
    const { secret, id } = world.pool;
    await world.call("POST", `/oauth/app2wxapp/auth/${id}?ticket=${ticket}`, { body: { ticket, secret } });
    const lines = linesSince(start);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatchObject({
      request: { method: "POST", route: "/oauth/app2wxapp/auth/:userPoolId", pool: id, ip: "127.0.0.1" },
      status: 200,
      milliseconds: expect.any(Number),
    });
    expect(world.secrets.known).toContain(ticket);
    expect(world.secrets.known).toContain(person.phone);
    expect(world.secrets.found()).toEqual([]);
  });

  test("holds no ticket, wherever in an address somebody wrote it", async () => {
    const ticket = await world.ticket(stranger());
    const { id } = world.pool;
    const places = [
      `/oauth/app2wxapp/auth/${ticket}`,
      `/oauth/app2wxapp/auth/${id}/${ticket}`,
      `/${ticket}`,
      `/?ticket=${ticket}`,
    ];
    for (const url of places) {
      await world.app.inject({
        method: "POST",
        url,
        payload: { ticket },
        headers: { referer: ticket, "user-agent": ticket },
      });
    }
    expect(world.secrets.found()).toEqual([]);
  });

  test("tells an address, whatever a trusted proxy forwards as one", async () => {
    const behind = await World.open({ settings: { trustProxy: 1 } });
    const start = behind.secrets.lines.length;
    for (const forwarded of ["203.0.113.7", "a-ticket-pasted-as-an-address", ""]) {
      await behind.app.inject({ method: "GET", url: "/healthz", headers: { "x-forwarded-for": forwarded } });
    }
    const ips = behind.secrets.lines.slice(start).map((line) => (JSON.parse(line) as { request: Body }).request["ip"]);
    expect(ips).toEqual(["203.0.113.7", "127.0.0.1", "127.0.0.1"]);
    await behind.close();
  });

  test("says of an unexpected error where it happened, not what it quoted", async () => {
    const start = world.secrets.lines.length;
    const quoted = "a-ticket-quoted-by-a-parser";
    const broken = world.app.inject({ method: "GET", url: "/readyz" });
    await broken;
    const error = Object.assign(new SyntaxError(`Unexpected token in ${quoted}`), { code: "42601", detail: quoted });
    expect(JSON.stringify(describeError(error))).not.toContain(quoted);
    expect(describeError(error)).toMatchObject({
      type: "SyntaxError",
      code: "42601",
      stack: expect.stringContaining("at "),
    });
    expect(describeError(new Refusal("wechat.unavailable", { cause: { errcode: -1 } }))).toMatchObject({
      error: "wechat.unavailable",
      cause: { errcode: -1 },
    });
    expect(linesSince(start).length).toBeGreaterThan(0);
  });

  test("the control: the search finds a secret that is logged", () => {
    const watch = new SecretWatch();
    watch.watchJson({ user: { oauth: JSON.stringify({ phone: "13800138000" }) } });
    watch.write('{"msg":"called 13800138000"}');
    expect(watch.found()).toEqual([{ secret: "13800138000", line: '{"msg":"called 13800138000"}' }]);
  });
});
