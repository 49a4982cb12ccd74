import { statement } from "./statement";
import { accessTokens, type AccessTokenRow } from "./tables";

export const findAccessToken = statement<{ appId: string }, AccessTokenRow>(
  `select ${accessTokens.columns} from access_tokens where app_id = :appId`,
);

export const saveAccessToken = statement<AccessTokenRow>(
  `${accessTokens.insert} on conflict (app_id) do update set token = excluded.token, expires_at = excluded.expires_at`,
);

export const purgeAccessTokens = statement<{ now: number; limit: number }>(
  "delete from access_tokens where app_id in (select app_id from access_tokens where expires_at <= :now limit :limit)",
);
