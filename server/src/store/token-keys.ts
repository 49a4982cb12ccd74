import { statement } from "./statement";
import { tokenKeys, type TokenKeyRow } from "./tables";

export const insertKey = statement<TokenKeyRow>(tokenKeys.insert);

/** A key that verifies now. Only of this pool: a token of another one finds no key here. */
export const findVerifyingKey = statement<{ poolId: string; kid: string; now: number }, TokenKeyRow>(`
  select ${tokenKeys.columns} from token_keys
  where pool_id = :poolId and kid = :kid and (retires_at is null or retires_at > :now)`);

export const listVerifyingKeys = statement<{ poolId: string; now: number }, TokenKeyRow>(`
  select ${tokenKeys.columns} from token_keys
  where pool_id = :poolId and (retires_at is null or retires_at > :now)
  order by created_at, kid`);

/** Tokens will live longer from now on. */
export const raiseLongestTtl = statement<{ kid: string; seconds: number }>(
  "update token_keys set longest_ttl_seconds = :seconds where kid = :kid and longest_ttl_seconds < :seconds",
);

/** Says when a key stops verifying. */
export const retireKey = statement<{ kid: string; retiresAt: number }>(
  "update token_keys set retires_at = :retiresAt where kid = :kid",
);

/** The same for one that is to retire earlier. */
export const extendKey = statement<{ kid: string; retiresAt: number }>(
  "update token_keys set retires_at = :retiresAt where kid = :kid and retires_at < :retiresAt",
);

export const deleteKey = statement<{ kid: string }>("delete from token_keys where kid = :kid");

export const purgeKeys = statement<{ now: number; limit: number }>(
  "delete from token_keys where kid in (select kid from token_keys where retires_at <= :now limit :limit)",
);
