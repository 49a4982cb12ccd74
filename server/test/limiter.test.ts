import { beforeEach, describe, expect, test } from "@jest/globals";
import { Limiter } from "../src/limits/limiter";
import { LIMITS } from "../src/limits/limits";
import { Refusal } from "../src/refusal";
import { createVault } from "../src/secrets/vault";
import { takeOne } from "../src/store/limits";
import type { Store, Transaction } from "../src/store/store";

const NAME = "login.failures";
const { burst, intervalMilliseconds } = LIMITS[NAME];
const AHEAD = (burst - 1) * intervalMilliseconds;
const vault = createVault("a master key of at least 32 bytes!");

describe("a limiter whose database says no", () => {
  let now = 0;
  let asked = 0;
  /** Until when the database has counted; undefined: the row went meanwhile. */
  let tat: number | undefined;
  let limiter: Limiter;
  const tx = {
    get now() {
      return now;
    },
    first: async (what: unknown) => {
      asked++;
      return what === takeOne || tat === undefined ? undefined : { tat };
    },
  } as unknown as Transaction;
  const store = { transaction: (job: (one: Transaction) => unknown) => job(tx) } as unknown as Store;
  beforeEach(() => {
    now = 1_000_000;
    asked = 0;
    tat = undefined;
    limiter = new Limiter(store, vault, () => now);
  });
  const secondsOf = async (refusal: Promise<unknown>): Promise<number | undefined> =>
    refusal.then(
      () => undefined,
      (error: unknown) => (error instanceof Refusal ? error.retryAfterSeconds : undefined),
    );

  test("says in how many seconds to come again: when the first one counted is forgotten", async () => {
    tat = now + AHEAD + 7300;
    expect(await limiter.take(tx, NAME, "somebody")).toMatchObject({ error: "rate.limited", retryAfterSeconds: 8 });
    tat = undefined;
    expect(await limiter.take(tx, NAME, "another")).toMatchObject({ retryAfterSeconds: 1 });
  });

  test("asks it no more until then, says how long that still is, and then asks again", async () => {
    tat = now + AHEAD + 10_000;
    expect(await secondsOf(limiter.failed(NAME, "somebody"))).toBe(10);
    expect(asked).toBe(2);
    now += 4000;
    expect(await secondsOf(limiter.failed(NAME, "somebody"))).toBe(6);
    expect(asked).toBe(2);
    now += 6000;
    expect(() => limiter.check(NAME, "somebody")).not.toThrow();
    tat = now + AHEAD + 3000;
    expect(await secondsOf(limiter.failed(NAME, "somebody"))).toBe(3);
    expect(asked).toBe(4);
  });

  test("keeps in mind who it was, and for which limit", async () => {
    tat = now + AHEAD + 10_000;
    await limiter.take(tx, NAME, "somebody");
    expect(() => limiter.check(NAME, "somebody")).toThrow(Refusal);
    expect(() => limiter.check(NAME, "another")).not.toThrow();
    expect(() => limiter.check("admin.failures", "somebody")).not.toThrow();
  });

  test("remembers ten thousand, and of more the latest", async () => {
    tat = now + AHEAD + 10_000;
    for (let one = 0; one <= 10_000; one++) await limiter.take(tx, NAME, `subject-${one}`);
    expect(() => limiter.check(NAME, "subject-0")).not.toThrow();
    expect(() => limiter.check(NAME, "subject-1")).toThrow(Refusal);
    expect(() => limiter.check(NAME, "subject-10000")).toThrow(Refusal);
  });
});
