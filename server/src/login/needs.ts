import type { Need } from "@app2wxapp/protocol";
import type { Pool } from "../pools/pool";

const DAY = 86_400_000;

/** Whether this login asks for the phone: the pool's rule goes before the app's wish. */
export function wantsPhone(pool: Pick<Pool, "phone">, appAsks: boolean): boolean {
  return pool.phone === "always" || (pool.phone === "onRequest" && appAsks);
}

/** Whether a phone verified at that time need not be asked for again. */
export function phoneIsFresh(pool: Pick<Pool, "phoneMaxAgeDays">, verifiedAt: number | null, now: number): boolean {
  return verifiedAt !== null && now - verifiedAt <= pool.phoneMaxAgeDays * DAY;
}

interface Progress {
  wantsPhone: boolean;
  hasPhone: boolean;
  /** The person went on without the phone. */
  phoneWaived: boolean;
  /** Versions agreed to, in this login or earlier ones. */
  agreed: ReadonlySet<string>;
}

/** What is still missing before a ticket can be issued. Asked in this order. */
export function needsOf(pool: Pick<Pool, "agreements" | "phoneOptional">, progress: Progress): Need[] {
  const needs: Need[] = [];
  if (pool.agreements.some(({ required, version }) => required && !progress.agreed.has(version)))
    needs.push("agreements");
  const waived = progress.phoneWaived && pool.phoneOptional;
  if (progress.wantsPhone && !progress.hasPhone && !waived) needs.push("phone");
  return needs;
}
