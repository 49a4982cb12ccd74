import { hashHandle } from "../src/secrets/handles";
import type { FinalState } from "./history";

type Query = <R extends object>(sql: string) => Promise<R[]>;

/** What a database holds of these tickets and of everybody's logins. */
export async function finalState(query: Query, tickets: ReadonlyMap<string, string>): Promise<FinalState> {
  const rows = await query<{ consumed_ticket: string; jti: string }>(
    "select consumed_ticket, jti from attempts where consumed_ticket is not null",
  );
  const byHash = new Map(rows.map(({ consumed_ticket: hash, jti }) => [hash, jti]));
  const users = await query<{ id: string; logins_count: number | string }>("select id, logins_count from users");
  const redeemed = [...tickets.keys()].flatMap((ticket): [string, string][] => {
    const jti = byHash.get(hashHandle("ticket", ticket));
    return jti === undefined ? [] : [[ticket, jti]];
  });
  return { redeemed: new Map(redeemed), logins: new Map(users.map((user) => [user.id, Number(user.logins_count)])) };
}
