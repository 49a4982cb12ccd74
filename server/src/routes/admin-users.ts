import { Type, type FastifyPluginAsyncTypebox, type Static } from "@fastify/type-provider-typebox";
import { e164 } from "../accounts/phone-number";
import { closed, line } from "../http/json-schemas";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { findByOpenid, findByUnionid, findUser, listUsers, listUsersByPhone, setBlocked } from "../store/accounts";
import { audit } from "../store/audit";
import { deleteTombstones } from "../store/people";
import type { Transaction } from "../store/store";
import type { UserRow } from "../store/tables";
import { ImportedUser, importUser } from "./admin-import";
import { phonesShown, phoneSearched } from "./admin-phones";
import { AdminUserSchema, adminUserView, Page, UserId } from "./admin-schemas";
import { unknownUser } from "./users";
import { PoolParameters } from "./wire-schemas";

const tags = ["administration"];
const security = [{ adminToken: [] }];

const Search = Type.Object({
  ...Page.properties,
  id: Type.Optional(UserId),
  phone: Type.Optional(Type.String({ maxLength: 32, description: "In any usual spelling" })),
  unionid: Type.Optional(line(128)),
  openid: Type.Optional(line(128)),
  appId: Type.Optional(Type.String({ maxLength: 64, description: "With openid: the applet it belongs to" })),
  masked: Type.Optional(Type.Union([Type.Literal("true"), Type.Literal("false")])),
});

/** Users of a pool: list, find, import, block. */
export function adminUserRoutes({ store, pools, limiter }: Services): FastifyPluginAsyncTypebox {
  async function mustExist(tx: Transaction, poolId: string): Promise<void> {
    if (!(await pools.find(tx, poolId))) throw new Refusal("pool.unknown");
  }

  return async (app) => {
    app.get(
      "/pools/:userPoolId/users",
      {
        schema: {
          operationId: "listUsers",
          summary: "List users, or find them by one thing that is known of them; who asks for whole numbers is audited",
          tags,
          security,
          params: PoolParameters,
          querystring: Search,
          response: { 200: Type.Object({ users: Type.Array(AdminUserSchema) }) },
        },
      },
      async ({ params: { userPoolId: poolId }, query, isOwner, actor }) => {
        const masked = !isOwner || query.masked === "true";
        if (query.phone !== undefined) {
          const refusal = await store.transaction(async (tx) => {
            await mustExist(tx, poolId);
            return phoneSearched(tx, limiter, { poolId, actor, isOwner });
          });
          if (refusal) throw refusal;
        }
        const rows = await store.readStale(async (tx) => {
          await mustExist(tx, poolId);
          return found(tx, poolId, query);
        });
        if (!masked) await store.transaction(async (tx) => phonesShown(tx, poolId, actor, rows));
        return { users: rows.map((row) => adminUserView(row, masked)) };
      },
    );

    app.post(
      "/pools/:userPoolId/users",
      {
        schema: {
          operationId: "importUser",
          summary: "Import a user; the first WeChat login with this phone becomes this account",
          tags,
          security,
          params: PoolParameters,
          body: ImportedUser,
          response: { 201: Type.Object({ user: AdminUserSchema }) },
        },
      },
      async (request, reply) => {
        const { userPoolId: poolId } = request.params;
        const user = await store.transaction(async (tx) => {
          await mustExist(tx, poolId);
          return adminUserView(await importUser(tx, poolId, request.actor, request.body));
        });
        return reply.code(201).send({ user });
      },
    );

    app.patch(
      "/pools/:userPoolId/users/:id",
      {
        schema: {
          operationId: "blockUser",
          summary: "Block or unblock a user",
          tags,
          security,
          params: Type.Object({ ...PoolParameters.properties, id: UserId }),
          body: Type.Object({ blocked: Type.Boolean() }, closed),
          response: { 200: Type.Object({ user: AdminUserSchema }) },
        },
      },
      (request) =>
        store.transaction(async (tx) => {
          const { userPoolId: poolId, id } = request.params;
          const { blocked } = request.body;
          await mustExist(tx, poolId);
          await tx.run(setBlocked, { poolId, id, blocked: Number(blocked) });
          const user = await tx.first(findUser, { poolId, id });
          if (!user) throw unknownUser();
          const event = blocked ? "user.blocked" : "user.unblocked";
          audit(tx, { poolId, actor: request.actor, event, subject: id });
          return { user: adminUserView(user, true) };
        }),
    );

    app.delete(
      "/pools/:userPoolId/blocks/:id",
      {
        schema: {
          operationId: "liftBlock",
          summary: "Lift the block of a user who was erased while blocked; the id is in the audit log",
          tags,
          security,
          params: Type.Object({ ...PoolParameters.properties, id: UserId }),
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        await store.transaction(async (tx) => {
          const { userPoolId: poolId, id: userId } = request.params;
          if ((await tx.run(deleteTombstones, { poolId, userId })) === 0) throw unknownUser();
          audit(tx, { poolId, actor: request.actor, event: "user.unblocked", subject: userId });
        });
        return reply.code(204).send(null);
      },
    );
  };
}

async function found(tx: Transaction, poolId: string, query: Static<typeof Search>): Promise<UserRow[]> {
  const { id, phone, unionid, openid, appId, after = "", limit = "100" } = query;
  if ([id, phone, unionid, openid].filter((one) => one !== undefined).length > 1) {
    throw new Refusal("request.invalid", { status: 422, detail: "one of id, phone, unionid and openid" });
  }
  if ((openid === undefined) !== (appId === undefined)) {
    throw new Refusal("request.invalid", { status: 422, detail: "openid and appId belong together" });
  }
  const page = { after, limit: Number(limit) };
  if (phone !== undefined) return tx.all(listUsersByPhone, { poolId, phone: spelled(phone), ...page });
  if (id === undefined && unionid === undefined && openid === undefined) return tx.all(listUsers, { poolId, ...page });
  const one =
    id !== undefined
      ? await tx.first(findUser, { poolId, id })
      : unionid !== undefined
        ? await tx.first(findByUnionid, { poolId, unionid })
        : await tx.first(findByOpenid, { poolId, appId: appId ?? "", openid: openid ?? "" });
  return one && one.id > after ? [one] : [];
}

/** A number as it is stored. A plus that was not encoded arrives as a space. */
function spelled(phone: string): string {
  const digits = phone.replaceAll(/[^0-9]/g, "");
  return (/^[+ ]/.test(phone) ? undefined : e164({ phoneNumber: digits })) ?? `+${digits}`;
}
