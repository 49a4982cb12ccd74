import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { AttemptReply } from "@app2wxapp/protocol";
import { hashHandle, matchesHash, newHandle, newId } from "../src/secrets/handles";
import { count, PATIENCE } from "./support/counts";
import { refusal, stranger, World } from "./support/world";

test(
  "handles are 32 random bytes in base64url, 43 characters, and none comes twice",
  () => {
    const draws = count(100_000, 1_000_000);
    const seen = new Set<string>();
    let wellFormed = 0;
    for (let draw = 0; draw < draws; draw++) {
      const handle = newHandle();
      seen.add(handle);
      if (/^[A-Za-z0-9_-]{43}$/.test(handle)) wellFormed++;
    }
    expect({ distinct: seen.size, wellFormed }).toEqual({ distinct: draws, wellFormed: draws });
  },
  PATIENCE,
);

test("every bit of a handle is drawn", () => {
  const ones = Buffer.alloc(32);
  const zeros = Buffer.alloc(32);
  for (let draw = 0; draw < 200; draw++) {
    const bytes = Buffer.from(newHandle(), "base64url");
    for (const [index, byte] of bytes.entries()) {
      ones[index] = (ones[index] ?? 0) | byte;
      zeros[index] = (zeros[index] ?? 0) | (~byte & 0xff);
    }
  }
  expect([ones, zeros]).toEqual([Buffer.alloc(32, 0xff), Buffer.alloc(32, 0xff)]);
});

test("no handle is made when the generator fails or gives too little", () => {
  expect(() =>
    newHandle(() => {
      throw new Error("no entropy");
    }),
  ).toThrow("no entropy");
  expect(() => newHandle(() => Buffer.alloc(31))).toThrow("too few bytes");
});

test("one handle hashes differently as an attempt, a ticket, a secret and an administrator's token", () => {
  const handle = newHandle();
  const kinds = ["attempt", "ticket", "secret", "admin"] as const;
  expect(new Set(kinds.map((kind) => hashHandle(kind, handle))).size).toBe(4);
  expect(matchesHash("secret", handle, hashHandle("secret", handle))).toBe(true);
  expect(matchesHash("secret", handle, hashHandle("ticket", handle))).toBe(false);
});

test("nothing matches where no secret was given or none is stored", () => {
  expect(matchesHash("secret", undefined, hashHandle("secret", ""))).toBe(false);
  expect(matchesHash("secret", "anything", undefined)).toBe(false);
  expect(matchesHash("secret", undefined, undefined)).toBe(false);
});

test("ids are 24 hex digits and sort by age", () => {
  const ids = [newId(1_700_000_000_000), newId(1_700_000_000_001), newId(1_800_000_000_000)];
  expect(ids.toSorted()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{24}$/);
});

describe("keys of one kind", () => {
  let world: World;
  beforeAll(async () => (world = await World.open()));
  afterAll(() => world.close());

  test("open nothing of another kind (CVE-2026-4325)", async () => {
    const { attempt, ticket } = (await world.attempt(stranger())).json<AttemptReply>();
    const { secret, tokenKey } = world.pool;
    const fresh = await world.ticket(stranger());
    const { token } = await world.login(stranger());
    for (const key of [attempt, secret, tokenKey]) {
      expect(refusal(await world.exchange({ ticket: key, secret })).error).toBe("ticket.invalid");
    }
    for (const key of [String(ticket), secret, tokenKey]) {
      expect(refusal(await world.tickets({ attempt: key })).error).toBe("attempt.expired");
    }
    for (const key of [attempt, fresh, tokenKey]) {
      expect(refusal(await world.exchange({ ticket: fresh, secret: key })).error).toBe("client.unauthorized");
    }
    for (const key of [attempt, fresh, secret, tokenKey, String(token)]) {
      const response = await world.call("GET", "/admin/v1/pools", { bearer: key });
      expect(refusal(response).error).toBe("client.unauthorized");
    }
    for (const key of [attempt, fresh, secret, tokenKey]) {
      const response = await world.call("POST", `/oauth/introspect/${world.pool.id}`, { body: { token: key, secret } });
      expect(response.json()).toEqual({ active: false });
    }
  });
});
