import {
  deletePool,
  deleteSomeAttempts,
  deleteSomeChallenges,
  deleteSomeRevocations,
  deleteSomeTombstones,
  deleteSomeUsers,
  findUnfinished,
  finishDeletion,
  noteProgress,
} from "../store/deletions";
import { deleteFiguresOfPool } from "../store/figures";
import { deleteLoginsOfPool } from "../store/login-events";
import type { Store } from "../store/store";
import { inPieces } from "./pace";

/** Rows of one piece: a few milliseconds. */
const PIECE = 100;

/** What a pool holds beside its users, none of which is needed by anybody once it is marked. */
const BESIDE_USERS = [
  deleteSomeAttempts,
  deleteLoginsOfPool,
  deleteFiguresOfPool,
  deleteSomeRevocations,
  deleteSomeChallenges,
  deleteSomeTombstones,
];

/**
 * Deletes the pools that operators asked to delete, piece by piece. How far it came is in the database: after a crash it
 * goes on there, and several instances may be at it.
 */
export async function deletePools(store: Store, piece = PIECE): Promise<void> {
  for (;;) {
    const deletion = await store.read((tx) => tx.first(findUnfinished, {}));
    if (!deletion) return;
    const { pool_id: poolId } = deletion;
    await inPieces(() =>
      store.transaction(async (tx) => {
        const users = await tx.run(deleteSomeUsers, { poolId, limit: piece });
        if (users === 0) return false;
        await tx.run(noteProgress, { poolId, users });
        tx.erases();
        return true;
      }),
    );
    for (const statement of BESIDE_USERS) {
      await inPieces(() => store.transaction(async (tx) => (await tx.run(statement, { poolId, limit: piece })) > 0));
    }
    await store.transaction(async (tx) => {
      await tx.run(deletePool, { poolId });
      await tx.run(finishDeletion, { poolId, now: tx.now });
    });
  }
}
