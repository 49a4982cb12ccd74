import { Type, type FastifyPluginAsyncTypebox, type Static } from "@fastify/type-provider-typebox";
import { eraseUser, signOutEverywhere } from "../accounts/erasure";
import { line, orNull } from "../http/json-schemas";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { findUser, listIdentities } from "../store/accounts";
import { listLoginsOfPool, listLoginsOfUser, reachOfLogins } from "../store/login-events";
import type { Job, Transaction } from "../store/store";
import type { LoginEventRow, UserRow } from "../store/tables";
import { phonesShown } from "./admin-phones";
import { AdminUserSchema, adminUserView, END, MOST_SCANNED, NewestFirst, Next, UserId } from "./admin-schemas";
import { unknownUser } from "./users";
import { PoolParameters } from "./wire-schemas";

const tags = ["administration"];
const security = [{ adminToken: [] }];
const Person = Type.Object({ ...PoolParameters.properties, id: UserId });
const User = Type.Object({ user: AdminUserSchema });

const Identity = Type.Object({ appId: Type.String(), openid: Type.String(), createdAt: Type.Integer() });

const UserWithIdentities = Type.Object({ user: AdminUserSchema, identities: Type.Array(Identity) });

const LoginsQuery = Type.Object({
  ...NewestFirst.properties,
  outcome: Type.Optional(line(64)),
  app: Type.Optional(Type.String({ maxLength: 64, description: "AppID of the calling app" })),
});
const Logins = Type.Object({
  logins: Type.Array(
    Type.Object({
      id: Type.String(),
      at: Type.Integer(),
      userId: orNull(Type.String()),
      callerAppId: orNull(Type.String()),
      outcome: Type.String({ description: "ok, or the error code it was refused with" }),
    }),
  ),
});

/** One person: who they are, their logins, signing them out, erasing them. */
export function adminPersonRoutes({ store, pools, records }: Services): FastifyPluginAsyncTypebox {
  async function mustExist(tx: Transaction, poolId: string): Promise<void> {
    if (!(await pools.find(tx, poolId))) throw new Refusal("pool.unknown");
  }
  async function existing(tx: Transaction, { userPoolId: poolId, id }: Static<typeof Person>): Promise<UserRow> {
    await mustExist(tx, poolId);
    const user = await tx.first(findUser, { poolId, id });
    if (!user) throw unknownUser();
    return user;
  }

  return async (app) => {
    app.get(
      "/pools/:userPoolId/users/:id",
      {
        schema: {
          operationId: "readUser",
          summary: "Read a user; who asks for the whole number is audited",
          tags,
          security,
          params: Person,
          querystring: Type.Object({
            masked: Type.Optional(Type.Union([Type.Literal("true"), Type.Literal("false")])),
          }),
          response: { 200: UserWithIdentities },
        },
      },
      ({ params, query, isOwner, actor }) => {
        const masked = !isOwner || query.masked === "true";
        const look: Job<Static<typeof UserWithIdentities>> = async (tx) => {
          const user = await existing(tx, params);
          const rows = await tx.all(listIdentities, { userId: user.id });
          if (!masked) phonesShown(tx, user.pool_id, actor, [user]);
          return {
            user: adminUserView(user, masked),
            identities: rows.map((row) => ({ appId: row.app_id, openid: row.openid, createdAt: row.created_at })),
          };
        };
        // Only who sees the whole number leaves something to be written.
        return masked ? store.read(look) : store.transaction(look);
      },
    );

    app.post(
      "/pools/:userPoolId/users/:id/phone",
      {
        schema: {
          operationId: "showPhone",
          summary: "Show a user's number in full; the audit log keeps who asked",
          tags,
          security,
          params: Person,
          response: { 200: Type.Object({ phone: orNull(Type.String()) }) },
        },
      },
      ({ params, actor }) =>
        store.transaction(async (tx) => {
          const user = await existing(tx, params);
          phonesShown(tx, user.pool_id, actor, [user]);
          return { phone: user.phone };
        }),
    );

    app.post(
      "/pools/:userPoolId/users/:id/sign-out",
      {
        schema: {
          operationId: "signOutUser",
          summary: "Sign a user out everywhere: no token so far stays active, logins in progress end",
          tags,
          security,
          params: Person,
          response: { 200: User },
        },
      },
      ({ params, actor }) =>
        store.transaction(async (tx) => {
          await signOutEverywhere(tx, await existing(tx, params), actor);
          return { user: adminUserView(await existing(tx, params), true) };
        }),
    );

    app.delete(
      "/pools/:userPoolId/users/:id",
      {
        schema: {
          operationId: "eraseUser",
          summary: "Erase a user with identities, phone, logins and consents; the audit log keeps the id",
          tags,
          security,
          params: Person,
          response: { 204: Type.Null() },
        },
      },
      async ({ params, actor }, reply) => {
        await store.transaction(async (tx) => eraseUser(tx, await existing(tx, params), actor));
        return reply.code(204).send(null);
      },
    );

    app.get(
      "/pools/:userPoolId/users/:id/logins",
      {
        schema: {
          operationId: "listLoginsOfUser",
          summary: "A user's logins, newest first",
          tags,
          security,
          params: Person,
          querystring: LoginsQuery,
          response: { 200: Logins },
        },
      },
      async ({ params: { userPoolId: poolId, id: userId }, query }) => {
        await records.flush();
        return store.readStale(async (tx) => {
          await mustExist(tx, poolId);
          return loginsView(await tx.all(listLoginsOfUser, { poolId, userId, ...pageOf(query) }));
        });
      },
    );

    app.get(
      "/pools/:userPoolId/logins",
      {
        schema: {
          operationId: "listLoginsOfPool",
          summary: "The logins of a pool, newest first",
          tags,
          security,
          params: PoolParameters,
          querystring: LoginsQuery,
          response: { 200: Type.Object({ ...Logins.properties, next: Next }) },
        },
      },
      async ({ params: { userPoolId: poolId }, query }) => {
        await records.flush();
        return store.readStale(async (tx) => {
          await mustExist(tx, poolId);
          const page = { poolId, ...pageOf(query), scan: MOST_SCANNED };
          const rows = await tx.all(listLoginsOfPool, page);
          if (rows.length === page.limit) return { ...loginsView(rows), next: rows.at(-1)?.id ?? null };
          const reach = await tx.first(reachOfLogins, page);
          const goesOn = reach?.scanned === MOST_SCANNED;
          return { ...loginsView(rows), next: goesOn ? (reach?.oldest ?? null) : null };
        });
      },
    );
  };
}

function pageOf({ before = END, limit = "100", outcome, app }: Static<typeof LoginsQuery>) {
  return { before, limit: Number(limit), outcome: outcome ?? null, app: app ?? null };
}

function loginsView(rows: readonly LoginEventRow[]): Static<typeof Logins> {
  return {
    logins: rows.map((row) => ({
      id: row.id,
      at: row.at,
      userId: row.user_id,
      callerAppId: row.caller_app_id,
      outcome: row.outcome,
    })),
  };
}
