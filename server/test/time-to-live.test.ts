import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { AttemptReply, TicketReply } from "@app2wxapp/protocol";
import { steadyClock } from "../src/clock";
import { purgeExpired } from "../src/housekeeping/purge";
import { DIALECTS } from "./support/databases";
import { refusal, stranger, World } from "./support/world";

const HOUR = 3_600_000;

describe.each(DIALECTS)("a ticket's life on %s", (dialect) => {
  let world: World;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());

  // The exact second is told on the injected clock; PostgreSQL's own goes on while the test runs.
  const margin = dialect === "sqlite" ? 1000 : 10_000;

  test("is two minutes: valid a second before its end, gone at its end", async () => {
    const early = await world.ticket(stranger());
    const late = await world.ticket(stranger());
    await world.pass(120_000 - margin);
    await world.redeem(early);
    await world.pass(margin);
    const response = await world.exchange({ ticket: late, secret: world.pool.secret });
    expect(refusal(response)).toEqual({ status: 400, error: "ticket.invalid" });
  });

  test("is what the pool says, from 30 seconds to 10 minutes", async () => {
    for (const seconds of [30, 600]) {
      const pool = await world.createPool({ ticketTtlSeconds: seconds });
      const { ticketExpiresIn, ticket } = (await world.attempt(stranger(), {}, pool)).json<AttemptReply>();
      expect(ticketExpiresIn).toBe(seconds);
      await world.pass(seconds * 1000);
      const late = await world.exchange({ ticket: String(ticket), secret: pool.secret }, pool);
      expect(refusal(late).error).toBe("ticket.invalid");
    }
  });

  test.each([29, 601, 0, -1, 120.5, "120", null, 1e9])("cannot be set to %p seconds", async (ticketTtlSeconds) => {
    const { id } = world.pool;
    expect((await world.admin("PATCH", `/pools/${id}`, { ticketTtlSeconds })).statusCode).toBe(422);
    const created = await world.admin("POST", "/pools", { name: "x", allowedApps: "*", ticketTtlSeconds });
    expect(created.statusCode).toBe(422);
  });

  test("cannot be set out of bounds by the reference's names either", async () => {
    for (const name of ["ticketExpriresAfter", "ticketExpiresAfter"]) {
      const set = (seconds: number) =>
        world.admin("PATCH", `/pools/${world.pool.id}`, { app2WxappLoginStrategy: { [name]: seconds } });
      expect((await set(700)).statusCode).toBe(422);
      expect((await set(300)).json()).toMatchObject({ pool: { ticketTtlSeconds: 300 } });
      expect((await set(120)).json()).toMatchObject({ pool: { ticketTtlSeconds: 120 } });
    }
  });

  test("an attempt lives ten minutes, however often it is used", async () => {
    const { attempt } = (await world.attempt(stranger())).json<AttemptReply>();
    await world.pass(300_000);
    expect((await world.tickets({ attempt })).statusCode).toBe(200);
    await world.pass(300_000 - margin);
    expect((await world.tickets({ attempt })).statusCode).toBe(200);
    await world.pass(margin);
    expect(refusal(await world.tickets({ attempt }))).toEqual({ status: 410, error: "attempt.expired" });
  });

  test("a ticket that outlives its attempt is not purged with it", async () => {
    const pool = await world.createPool({ ticketTtlSeconds: 600 });
    const { attempt } = (await world.attempt(stranger(), {}, pool)).json<AttemptReply>();
    await world.pass(590_000 - margin);
    const { ticket } = (await world.tickets({ attempt }, pool)).json<TicketReply>();
    await world.pass(300_000);
    await purgeExpired(world.store, { loginEventDays: 90 });
    expect(await world.redeem(ticket, pool)).toHaveProperty("token");
  });
});

test.each([HOUR, -HOUR])("a wall clock that is set by %d ms neither shortens nor lengthens a life", (step) => {
  let wall = 1_700_000_000_000;
  let monotonic = 5000;
  const clock = steadyClock(
    () => wall,
    () => monotonic,
  );
  const start = clock();
  expect(start).toBe(wall);
  wall += step;
  monotonic += 119_000;
  expect(clock() - start).toBe(119_000);
  monotonic += 1000;
  expect(clock() - start).toBe(120_000);
});
