import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { AttemptReply } from "@app2wxapp/protocol";
import { DIALECTS } from "./support/databases";
import { refusal, stranger, World, type TestPool } from "./support/world";

const TERMS = { title: "用户协议", text: "……", version: "terms-1", required: true };
const NEWS = { title: "邮件订阅", text: "……", version: "news-1", required: false };

describe.each(DIALECTS)("agreements on %s", (dialect) => {
  let world: World;
  let pool: TestPool;
  beforeAll(async () => {
    world = await World.open({ dialect });
    pool = await world.createPool({ agreements: [TERMS, NEWS] });
  });
  afterAll(() => world.close());

  const opened = async (person: ReturnType<typeof stranger>, body = {}) =>
    (await world.attempt(person, body, pool)).json<AttemptReply>();

  test("gate the ticket when required, and are shown as they are", async () => {
    const reply = await opened(stranger());
    expect(reply).toMatchObject({ needs: ["agreements"], pool: { agreements: [TERMS, NEWS] } });
    expect(reply).not.toHaveProperty("ticket");
    const required = { status: 422, error: "agreements.required" };
    expect(refusal(await world.tickets({ attempt: reply.attempt }, pool))).toEqual(required);
    expect(refusal(await world.tickets({ attempt: reply.attempt, agreed: ["news-1", "terms-0"] }, pool))).toEqual(
      required,
    );
    expect((await world.tickets({ attempt: reply.attempt, agreed: ["terms-1"] }, pool)).statusCode).toBe(200);
  });

  test("ticked before the first request need no second one", async () => {
    expect(await opened(stranger(), { agreed: ["terms-1"] })).toMatchObject({ needs: [], ticket: expect.any(String) });
  });

  test("agreed to are remembered with the exchange, not before, and asked again in a new version", async () => {
    const person = stranger();
    const ticket = await world.ticket(person, { agreed: ["terms-1"] }, pool);
    expect((await opened(person)).needs).toEqual(["agreements"]);
    await world.redeem(ticket, pool);
    expect((await opened(person)).needs).toEqual([]);
    expect((await opened(stranger())).needs).toEqual(["agreements"]);

    await world.changePool({ agreements: [{ ...TERMS, version: "terms-2" }, NEWS] }, pool);
    expect((await opened(person)).needs).toEqual(["agreements"]);
    await world.changePool({ agreements: [TERMS, NEWS] }, pool);
    expect((await opened(person)).needs).toEqual([]);
  });

  test("that share a version are refused when a pool is written", async () => {
    const twice = { agreements: [TERMS, { ...NEWS, version: TERMS.version }] };
    expect((await world.admin("PATCH", `/pools/${pool.id}`, twice)).statusCode).toBe(422);
    expect((await world.admin("POST", "/pools", { name: "x", allowedApps: "*", ...twice })).statusCode).toBe(422);
  });
});
