import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { DIALECTS } from "./support/databases";
import { stranger, World, type Body } from "./support/world";

const UNKNOWN_POOL = "f".repeat(24);

describe.each(DIALECTS)("who guesses on %s", (dialect) => {
  let world: World;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());

  /** All a client can see of an answer, the request's own id apart. */
  const seen = async (url: string, body: Body) => {
    const response = await world.call("POST", url, { body });
    const { requestId, ...rest } = response.json<Body>();
    const { date: _date, "x-request-id": _id, ...headers } = response.headers;
    return {
      status: response.statusCode,
      headers,
      rest,
      length: response.body.length,
      requestId: String(requestId).length,
    };
  };

  test("learns from an exchange neither whether a pool exists nor how wrong a secret is", async () => {
    const ticket = await world.ticket(stranger());
    const url = (pool: string) => `/oauth/app2wxapp/auth/${pool}`;
    const answers = [
      await seen(url(UNKNOWN_POOL), { ticket, secret: world.pool.secret }),
      await seen(url(UNKNOWN_POOL), { ticket }),
      await seen(url(world.pool.id), { ticket }),
      await seen(url(world.pool.id), { ticket, secret: "x" }),
      await seen(url(world.pool.id), { ticket, secret: randomBytes(32).toString("base64url") }),
      await seen(url(world.pool.id), { ticket, secret: `${world.pool.secret.slice(0, -1)}_` }),
      await seen(url(world.pool.id), { ticket: "no ticket", secret: "x" }),
    ];
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 401, rest: { error: "client.unauthorized" } });
  });

  test("learns the same little from introspection, revocation and the users' address", async () => {
    for (const call of ["introspect", "revoke"]) {
      const known = await seen(`/oauth/${call}/${world.pool.id}`, { token: "x", secret: "wrong" });
      expect(await seen(`/oauth/${call}/${UNKNOWN_POOL}`, { token: "x", secret: "wrong" })).toEqual(known);
      expect(await seen(`/oauth/${call}/${world.pool.id}`, { token: "x" })).toEqual(known);
    }
    const user = async (pool: string) =>
      (await world.call("GET", `/oauth/users/${pool}/${UNKNOWN_POOL}`, { bearer: "wrong" })).json<Body>()["error"];
    expect(await user(UNKNOWN_POOL)).toBe(await user(world.pool.id));
  });

  test("learns nothing from a ticket of another pool: it is as unknown as a made-up one, and not consumed", async () => {
    const other = await world.createPool();
    const ticket = await world.ticket(stranger());
    const url = `/oauth/app2wxapp/auth/${other.id}`;
    const foreign = await seen(url, { ticket, secret: other.secret });
    const madeUp = await seen(url, { ticket: randomBytes(32).toString("base64url"), secret: other.secret });
    expect(foreign).toEqual(madeUp);
    expect(foreign).toMatchObject({ status: 400, rest: { error: "ticket.invalid" } });
    await world.redeem(ticket);
  });

  test("gets no ticket under another pool than the attempt's", async () => {
    const other = await world.createPool();
    const { attempt } = (await world.attempt(stranger())).json<{ attempt: string }>();
    expect((await world.tickets({ attempt }, other)).json()).toMatchObject({ code: 410, error: "attempt.expired" });
    expect((await world.tickets({ attempt })).statusCode).toBe(200);
  });
});
