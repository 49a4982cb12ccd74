import type { Place, Vault } from "../secrets/vault";
import { statement, type Statement } from "./statement";
import type { Store, Transaction } from "./store";
import { facts, type FactRow } from "./tables";

interface Sealed {
  row: string;
  sealed: string;
}

interface SealedColumn {
  purpose: Place["purpose"];
  list: Statement<{ after: string; limit: number }, Sealed>;
  write: Statement<Sealed & { former: string }, never>;
}

/** A sealed word that tells at the start whether the master key is the one the database was made with. */
export const CANARY = { purpose: "canary", row: "master-key" } as const;
const findCanary = statement<Pick<FactRow, "name">, FactRow>(`select ${facts.columns} from facts where name = :name`);
const writeCanary = statement<FactRow>("update facts set value = :value where name = :name");

/** Every column that is sealed; the canary apart. */
const COLUMNS: readonly SealedColumn[] = [
  sealedColumn("wechat-app-secret", "pools", "id", "wechat_app_secret"),
  sealedColumn("token-key", "token_keys", "kid", "secret"),
  sealedColumn("wechat-access-token", "access_tokens", "app_id", "token"),
];

const BATCH = 100;

/**
 * Seals everything again that a former master key sealed, a few rows at a time, beside the logins; gives how many there
 * were. Once none is left the former key can be forgotten. Several instances may do it at once, and each may be stopped.
 */
export async function resealAll(store: Store, vault: Vault): Promise<number> {
  let resealed = 0;
  for (const column of COLUMNS) {
    let after = "";
    for (;;) {
      const batch = await store.transaction((tx) => resealBatch(tx, column, after, vault));
      resealed += batch.resealed;
      if (batch.last === undefined) break;
      after = batch.last;
    }
  }
  // Last: as long as anything needs the former key, a server that was not given it must not start.
  await store.transaction(async (tx) => {
    const fact = await tx.first(findCanary, { name: CANARY.row });
    const value = fact && vault.reseal(CANARY, fact.value);
    if (value !== undefined) await tx.run(writeCanary, { name: CANARY.row, value });
  });
  return resealed;
}

async function resealBatch(
  tx: Transaction,
  { purpose, list, write }: SealedColumn,
  after: string,
  vault: Vault,
): Promise<{ resealed: number; last: string | undefined }> {
  const rows = await tx.all(list, { after, limit: BATCH });
  let resealed = 0;
  for (const { row, sealed: former } of rows) {
    const sealed = vault.reseal({ purpose, row }, former);
    // What was replaced meanwhile is left alone.
    if (sealed !== undefined) resealed += await tx.run(write, { row, sealed, former });
  }
  return { resealed, last: rows.at(-1)?.row };
}

function sealedColumn(purpose: Place["purpose"], table: string, key: string, column: string): SealedColumn {
  return {
    purpose,
    list: statement(
      `select ${key} as row, ${column} as sealed from ${table}
       where ${key} > :after and ${column} is not null order by ${key} limit :limit`,
    ),
    write: statement(`update ${table} set ${column} = :sealed where ${key} = :row and ${column} = :former`),
  };
}
