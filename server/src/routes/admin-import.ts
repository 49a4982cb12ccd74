import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { E164 } from "../accounts/phone-number";
import { closed, line, oneOf, ONE_LINE } from "../http/json-schemas";
import { DEFAULT_NICKNAME } from "../messages";
import { Refusal } from "../refusal";
import { newId } from "../secrets/handles";
import type { Services } from "../services";
import { hasPhone, insertUser } from "../store/accounts";
import { audit } from "../store/audit";
import type { Transaction } from "../store/store";
import type { UserRow } from "../store/tables";
import { PoolParameters } from "./wire-schemas";

/** Few enough that logins beside them never wait for long. */
const MOST_ROWS = 200;
const BODY_BYTES = 256 * 1024;

export const ImportedUser = Type.Object(
  {
    phone: Type.String({ pattern: E164.source, description: "E.164 with its +, no spaces: +8613800138000" }),
    nickname: Type.Optional(line(64)),
    photo: Type.Optional(Type.String({ maxLength: 512, pattern: ONE_LINE })),
  },
  closed,
);
/** An account that waits for its owner: the first WeChat login with this phone becomes it. */
export async function importUser(
  tx: Transaction,
  poolId: string,
  actor: string,
  { phone, nickname = DEFAULT_NICKNAME, photo = "" }: { phone: string; nickname?: string; photo?: string },
): Promise<UserRow> {
  const row: UserRow = {
    id: newId(tx.now),
    pool_id: poolId,
    unionid: null,
    nickname,
    photo,
    phone,
    linked: 0,
    blocked: 0,
    logins_count: 0,
    register_method: "import",
    last_ip: null,
    last_login_at: null,
    created_at: tx.now,
    tokens_valid_from: null,
    apps: "[]",
    deletes_at: null,
  };
  await tx.run(insertUser, row);
  audit(tx, { poolId, actor, event: "user.imported", subject: row.id });
  return row;
}

/** Many users at once, first as a dry run. */
export function adminImportRoutes({ store, pools }: Services): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      "/pools/:userPoolId/users/import",
      {
        bodyLimit: BODY_BYTES,
        schema: {
          operationId: "importUsers",
          summary: "Import users whose phone the pool does not know yet; a dry run says which those are",
          tags: ["administration"],
          security: [{ adminToken: [] }],
          params: PoolParameters,
          body: Type.Object(
            {
              users: Type.Array(ImportedUser, { minItems: 1, maxItems: MOST_ROWS }),
              dryRun: Type.Optional(Type.Boolean()),
            },
            closed,
          ),
          response: { 200: Type.Object({ results: Type.Array(Type.Object({ outcome: oneOf(["new", "known"]) })) }) },
        },
      },
      ({ params: { userPoolId: poolId }, body: { users, dryRun = false }, actor }) =>
        store.transaction(async (tx) => {
          if (!(await pools.find(tx, poolId))) throw new Refusal("pool.unknown");
          const seen = new Set<string>();
          const results: { outcome: "new" | "known" }[] = [];
          for (const user of users) {
            const known =
              seen.has(user.phone) || (await tx.first(hasPhone, { poolId, phone: user.phone })) !== undefined;
            seen.add(user.phone);
            if (!known && !dryRun) await importUser(tx, poolId, actor, user);
            results.push({ outcome: known ? "known" : "new" });
          }
          return { results };
        }),
    );
  };
}
