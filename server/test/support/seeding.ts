import { createVault } from "../../src/secrets/vault";
import { hashHandle, newHandle } from "../../src/secrets/handles";
import { insertAttempt, insertTicket } from "../../src/store/logins";
import { openStore } from "../../src/startup/open-store";
import { statement } from "../../src/store/statement";
import type { Store } from "../../src/store/store";
import { MASTER_KEY } from "./server-process";
import { CALLER, SHARED_APPLET } from "./world";

/** The database of server processes, opened beside them. */
export function openBeside(url: string): Promise<Store> {
  return openStore(url, Date.now, createVault(MASTER_KEY));
}

/** Tickets as many logins leave them, each of an attempt of its own; so many people share them. */
export async function seedTickets(store: Store, poolId: string, howMany: number, people: number): Promise<string[]> {
  const tickets = Array.from({ length: howMany }, () => newHandle());
  for (let start = 0; start < howMany; start += 200) {
    await store.transaction(async (tx) => {
      const expiresAt = tx.now + 600_000;
      for (const [index, ticket] of tickets.slice(start, start + 200).entries()) {
        const attempt = hashHandle("attempt", newHandle());
        const person = (start + index) % people;
        await tx.run(insertAttempt, {
          hash: attempt,
          pool_id: poolId,
          app_id: SHARED_APPLET.appId,
          openid: `openid-${person}`,
          unionid: `unionid-${person}`,
          caller_app_id: CALLER,
          code_challenge: null,
          nonce: null,
          wants_phone: 0,
          phone: null,
          phone_verified_at: null,
          phone_waived: 0,
          phone_codes: 0,
          agreed: "[]",
          ip: "127.0.0.1",
          tickets_issued: 1,
          created_at: tx.now,
          expires_at: expiresAt,
          purge_at: expiresAt,
          consumed_at: null,
          consumed_ticket: null,
          jti: null,
          token_expires_at: null,
          replay: 0,
        });
        await tx.run(insertTicket, {
          hash: hashHandle("ticket", ticket),
          pool_id: poolId,
          attempt_hash: attempt,
          number: 1,
          expires_at: expiresAt,
        });
      }
    });
  }
  return tickets;
}

const consumed = statement<object, { n: number | string }>(
  "select count(*) as n from attempts where consumed_at is not null",
);
const logins = statement<object, { n: number | string | null }>("select sum(logins_count) as n from users");

/** How many attempts were consumed, and how many logins the accounts count: never different. */
export async function tally(store: Store): Promise<{ consumed: number; logins: number }> {
  return store.read(async (tx) => ({
    consumed: Number((await tx.first(consumed, {}))?.n ?? 0),
    logins: Number((await tx.first(logins, {}))?.n ?? 0),
  }));
}

/** Runs a task for each item, so many at a time, until all are done or one throws. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of rest) await task(item);
    }),
  );
}
