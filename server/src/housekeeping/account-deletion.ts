import { erasePerson } from "../accounts/erasure";
import type { LoginRecords } from "../observability/login-records";
import { findDue, holdDue } from "../store/accounts";
import type { Store } from "../store/store";
import { inPieces } from "./pace";

/** Accounts of one piece: each takes some ten statements. */
const PIECE = 10;

/**
 * Erases accounts whose owners asked for it, once the time of grace is over. Piece by piece: what a crash leaves is still
 * due, and several instances may be at it.
 */
export async function eraseDueAccounts(store: Store, records: LoginRecords, piece = PIECE): Promise<void> {
  await inPieces(async () => {
    const due = await store.read((tx) => tx.all(findDue, { now: tx.now, limit: piece }));
    // What is still to be written of them must not come after.
    if (due.length > 0) await records.flush();
    for (const { id } of due) {
      await store.transaction(async (tx) => {
        // None: a login was faster, or another instance.
        const user = await tx.first(holdDue, { id, now: tx.now });
        if (user) await erasePerson(tx, user, "person");
      });
    }
    return due.length === piece;
  });
}
