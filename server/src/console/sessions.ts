import { HANDLE } from "@app2wxapp/protocol";
import { hashHandle, matchesHash, newHandle } from "../secrets/handles";
import { audit } from "../store/audit";
import { deleteSession, findSession, insertSession, touchSession } from "../store/console-sessions";
import type { Store } from "../store/store";
import type { Admin } from "../startup/settings";

const MINUTE = 60_000;
/** Without a request for so long, a session is over. */
export const IDLE_MILLISECONDS = 30 * MINUTE;
/** However busy it was. */
export const LONGEST_MILLISECONDS = 12 * 60 * MINUTE;
/** Each request would be a write. */
const TOUCH_MILLISECONDS = MINUTE;

/** An administrator without the token itself. */
export interface KnownAdmin extends Pick<Admin, "name" | "role"> {
  tokenHash: string;
}

export interface OpenSession {
  admin: KnownAdmin;
  /** When it ends if nothing happens; epoch milliseconds. */
  idleAt: number;
}

/**
 * Sessions of the console: traded for an administrator's token, stored as a hash, shared by all instances. One that stands
 * on a token which is no longer in the settings is over.
 */
export class ConsoleSessions {
  constructor(
    private readonly store: Store,
    private readonly admins: readonly KnownAdmin[],
  ) {}

  /** A new session, never the one a browser came with, which ends. */
  async open(admin: KnownAdmin, former: string | undefined): Promise<{ handle: string; idleAt: number }> {
    const handle = newHandle();
    return this.store.transaction(async (tx) => {
      if (former !== undefined) await tx.run(deleteSession, { hash: hashHandle("console", former) });
      await tx.run(insertSession, {
        hash: hashHandle("console", handle),
        token_hash: admin.tokenHash,
        seen_at: tx.now,
        idle_at: tx.now + IDLE_MILLISECONDS,
        ends_at: tx.now + LONGEST_MILLISECONDS,
      });
      audit(tx, { poolId: null, actor: `admin:${admin.name}`, event: "console.signed_in", subject: null });
      return { handle, idleAt: tx.now + IDLE_MILLISECONDS };
    });
  }

  /** The session with this handle, if it lives; being asked for keeps it alive. */
  async find(handle: string): Promise<OpenSession | undefined> {
    const hash = hashHandle("console", handle);
    const { row, now } = await this.store.read(async (tx) => ({
      row: await tx.first(findSession, { hash }),
      now: tx.now,
    }));
    if (!row || now >= row.idle_at || now >= row.ends_at) return undefined;
    const admin = this.admins.find(({ tokenHash }) => tokenHash === row.token_hash);
    if (!admin) return undefined;
    if (now - row.seen_at < TOUCH_MILLISECONDS) return { admin, idleAt: Math.min(row.idle_at, row.ends_at) };
    const idleAt = now + IDLE_MILLISECONDS;
    await this.store.transaction((tx) => tx.run(touchSession, { hash, seenAt: now, idleAt }));
    return { admin, idleAt: Math.min(idleAt, row.ends_at) };
  }

  async close(handle: string, admin: KnownAdmin): Promise<void> {
    await this.store.transaction(async (tx) => {
      await tx.run(deleteSession, { hash: hashHandle("console", handle) });
      audit(tx, { poolId: null, actor: `admin:${admin.name}`, event: "console.signed_out", subject: null });
    });
  }
}

/**
 * What the page sends with every request beside the cookie. It follows from the handle, which scripts cannot read, and the
 * page learns it from an answer that other origins cannot read: so a request that carries it comes from the page, and from
 * a tab that was opened with this very session.
 */
export function proofOf(handle: string): string {
  return hashHandle("console-proof", handle);
}

export function isProof(proof: unknown, handle: string): boolean {
  return typeof proof === "string" && HANDLE.test(proof) && matchesHash("console-proof", handle, proof);
}
