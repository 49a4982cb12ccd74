import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { AttemptReply } from "@app2wxapp/protocol";
import { DIALECTS } from "./support/databases";
import { refusal, stranger, World, type Body } from "./support/world";

const USED = { status: 400, error: "ticket.used" };

describe.each(DIALECTS)("a ticket that comes a second time on %s", (dialect) => {
  let world: World;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());

  const isActive = async (token: unknown): Promise<unknown> => {
    const { id, secret } = world.pool;
    const response = await world.call("POST", `/oauth/introspect/${id}`, { body: { token, secret } });
    return response.json<Body>()["active"];
  };
  const replays = async (jti: string) =>
    (await world.audit()).filter(({ event, subject }) => event === "ticket.replayed" && subject === jti);
  const jtiOf = (user: Body): string => {
    const payload = String(user["token"]).split(".")[1] ?? "";
    return (JSON.parse(Buffer.from(payload, "base64url").toString()) as { jti: string }).jti;
  };
  const again = (ticket: string) => world.exchange({ ticket, secret: world.pool.secret });

  test("within five seconds is a backend's retry: refused, audited, and the token lives on", async () => {
    const ticket = await world.ticket(stranger());
    const user = await world.redeem(ticket);
    await world.pass(3000);
    expect(refusal(await again(ticket))).toEqual(USED);
    expect(await isActive(user["token"])).toBe(true);
    expect(await replays(jtiOf(user))).toMatchObject([{ actor: "pool", details: { revoked: false } }]);
  });

  test("later takes that one token away, and no other; the refusal is answered, its traces are committed", async () => {
    const person = stranger();
    const bystander = await world.login(person);
    const ticket = await world.ticket(person);
    const user = await world.redeem(ticket);
    await world.pass(8000);
    expect(refusal(await again(ticket))).toEqual(USED);
    expect(await isActive(user["token"])).toBe(false);
    expect(await isActive(bystander["token"])).toBe(true);
    expect(await replays(jtiOf(user))).toMatchObject([{ details: { revoked: true } }]);
  });

  test("again and again leaves no more than two lines in the audit log", async () => {
    const ticket = await world.ticket(stranger());
    const user = await world.redeem(ticket);
    await Promise.all(Array.from({ length: 5 }, () => again(ticket)));
    await world.pass(8000);
    await Promise.all(Array.from({ length: 5 }, () => again(ticket)));
    expect(await replays(jtiOf(user))).toHaveLength(2);
  });

  test("with a wrong secret, verifier or caller neither revokes nor is audited", async () => {
    const ticket = await world.ticket(stranger());
    const user = await world.redeem(ticket);
    await world.pass(8000);
    const { secret } = world.pool;
    expect(refusal(await world.exchange({ ticket, secret: "wrong" })).status).toBe(401);
    expect(refusal(await world.exchange({ ticket, secret, codeVerifier: "v".repeat(43) })).error).toBe(
      "verifier.invalid",
    );
    expect(refusal(await world.exchange({ ticket, secret, callerAppId: "wxother" })).error).toBe("ticket.invalid");
    expect(await isActive(user["token"])).toBe(true);
    expect(await replays(jtiOf(user))).toEqual([]);
  });

  test("as the sibling that was not exchanged is refused and revokes nothing", async () => {
    const first = (await world.attempt(stranger())).json<AttemptReply>();
    const { ticket: sibling } = (await world.tickets({ attempt: first.attempt })).json<{ ticket: string }>();
    const user = await world.redeem(String(first.ticket));
    await world.pass(8000);
    expect(refusal(await again(sibling))).toEqual(USED);
    expect(await isActive(user["token"])).toBe(true);
    expect(await replays(jtiOf(user))).toEqual([]);
  });

  test("after its own end is just an expired ticket", async () => {
    const ticket = await world.ticket(stranger());
    const user = await world.redeem(ticket);
    await world.pass(121_000);
    expect(refusal(await again(ticket))).toEqual({ status: 400, error: "ticket.invalid" });
    expect(await isActive(user["token"])).toBe(true);
  });
});
