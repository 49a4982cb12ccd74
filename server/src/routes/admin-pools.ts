import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { randomUUID } from "node:crypto";
import type { Pool } from "../pools/pool";
import { orNull } from "../http/json-schemas";
import { changedSettings, contradictionsIn, problemsOf, warningsOf, type PoolInput } from "../pools/pool-rules";
import type { PoolSettings } from "../pools/pool-settings";
import { Refusal } from "../refusal";
import { hashHandle, newHandle, newId } from "../secrets/handles";
import type { Services } from "../services";
import { audit } from "../store/audit";
import type { Transaction } from "../store/store";
import { insertKey } from "../store/token-keys";
import { keepKeysFor } from "../tokens/rotation";
import { newSigningKey } from "../tokens/signing-keys";
import { Page, PoolChange, PoolCreation, PoolSchema, poolView } from "./admin-schemas";
import { PoolParameters } from "./wire-schemas";

/** Agreements are long texts. */
const BODY_BYTES = 512 * 1024;

const tags = ["administration"];
const security = [{ adminToken: [] }];
const Warnings = Type.Array(Type.String());
const TokenKey = orNull(Type.String());

/** Create, read and change pools; replace their secret. What is secret is shown once and never again. */
export function adminPoolRoutes(services: Services): FastifyPluginAsyncTypebox {
  const { store, pools, vault } = services;

  async function existing(tx: Transaction, id: string): Promise<Readonly<Pool>> {
    const pool = await pools.find(tx, id);
    if (!pool) throw new Refusal("pool.unknown");
    return pool;
  }

  /** The sealed AppSecret after a change. An applet of its own needs one, and another applet needs another. */
  function sealedSecret(id: string, former: Readonly<Pool> | undefined, input: PoolChange): string | null {
    const wechatAppId = input.wechatAppId === undefined ? (former?.wechatAppId ?? null) : input.wechatAppId;
    if (wechatAppId === null) {
      if (typeof input.wechatAppSecret === "string") throw invalid(["wechatAppSecret needs a wechatAppId"]);
      return null;
    }
    if (typeof input.wechatAppSecret === "string") {
      return vault.seal({ purpose: "wechat-app-secret", row: id }, input.wechatAppSecret);
    }
    const kept = former?.wechatAppId === wechatAppId && input.wechatAppSecret === undefined && former.wechatAppSecret;
    if (!kept) throw invalid(["wechatAppId needs its wechatAppSecret"]);
    return kept;
  }

  return async (app) => {
    app.post(
      "/pools",
      {
        bodyLimit: BODY_BYTES,
        schema: {
          operationId: "createPool",
          summary: "Create a pool; its secret and HS256 key are shown this once",
          tags,
          security,
          body: PoolCreation,
          response: {
            201: Type.Object({ pool: PoolSchema, secret: Type.String(), tokenKey: TokenKey, warnings: Warnings }),
          },
        },
      },
      async (request, reply) => {
        const { id: givenId, wechatAppSecret: _secret, ...input } = request.body;
        const settings = accepted(undefined, input);
        const secret = newHandle();
        const created = await store.transaction(async (tx) => {
          const id = givenId ?? newId(tx.now);
          const key = newSigningKey({ ...settings, id }, tx.now, vault);
          const pool: Pool = {
            ...settings,
            id,
            revision: randomUUID(),
            wechatAppSecret: sealedSecret(id, undefined, request.body),
            secretHash: hashHandle("secret", secret),
            kid: key.row.kid,
            nextKid: null,
            nextKeySignsAt: null,
            createdAt: tx.now,
            updatedAt: tx.now,
          };
          if (!(await pools.insert(tx, pool))) throw invalid(["a pool with this id exists"]);
          await tx.run(insertKey, key.row);
          audit(tx, { poolId: id, actor: request.actor, event: "pool.created", subject: id });
          return { pool: poolView(pool), tokenKey: key.tokenKey };
        });
        return reply.code(201).send({ ...created, secret, warnings: warningsOf(settings) });
      },
    );

    app.get(
      "/pools",
      {
        schema: {
          operationId: "listPools",
          summary: "List pools",
          tags,
          security,
          querystring: Page,
          response: { 200: Type.Object({ pools: Type.Array(PoolSchema) }) },
        },
      },
      async ({ query }) => ({
        pools: (await store.read((tx) => pools.list(tx, query.after ?? "", Number(query.limit ?? 100)))).map(poolView),
      }),
    );

    app.get(
      "/pools/:userPoolId",
      {
        schema: {
          operationId: "readPool",
          summary: "Read a pool",
          tags,
          security,
          params: PoolParameters,
          response: { 200: Type.Object({ pool: PoolSchema }) },
        },
      },
      ({ params }) => store.read(async (tx) => ({ pool: poolView(await existing(tx, params.userPoolId)) })),
    );

    app.patch(
      "/pools/:userPoolId",
      {
        bodyLimit: BODY_BYTES,
        config: { refusals: [["request.invalid", 412]] },
        schema: {
          operationId: "changePool",
          summary: "Change a pool; what is not sent stays",
          description: 'With `If-Match: "<updatedAt>"` only if nobody changed it since (412).',
          tags,
          security,
          params: PoolParameters,
          body: PoolChange,
          response: { 200: Type.Object({ pool: PoolSchema, warnings: Warnings }) },
        },
      },
      (request) =>
        store.transaction(async (tx) => {
          const former = await existing(tx, request.params.userPoolId);
          const { "if-match": readAs } = request.headers;
          if (readAs !== undefined && readAs !== `"${former.updatedAt}"`) {
            throw new Refusal("request.invalid", { status: 412, detail: "the pool was changed since it was read" });
          }
          const { wechatAppSecret: _secret, ...input } = request.body;
          const settings = accepted(former, input);
          const wechatAppSecret = sealedSecret(former.id, former, request.body);
          const pool: Pool = { ...former, ...settings, wechatAppSecret, updatedAt: tx.now };
          await pools.update(tx, pool);
          await keepKeysFor(tx, pool);
          audit(tx, {
            poolId: pool.id,
            actor: request.actor,
            event: "pool.changed",
            subject: pool.id,
            details: { fields: Object.keys(request.body) },
          });
          return { pool: poolView(pool), warnings: warningsOf(settings) };
        }),
    );

    app.post(
      "/pools/:userPoolId/secret",
      {
        schema: {
          operationId: "replacePoolSecret",
          summary: "Replace the pool secret at once; shown this once",
          tags,
          security,
          params: PoolParameters,
          response: { 200: Type.Object({ secret: Type.String() }) },
        },
      },
      (request) =>
        store.transaction(async (tx) => {
          const former = await existing(tx, request.params.userPoolId);
          const secret = newHandle();
          await pools.update(tx, { ...former, secretHash: hashHandle("secret", secret), updatedAt: tx.now });
          audit(tx, {
            poolId: former.id,
            actor: request.actor,
            event: "pool.secret_rotated",
            subject: former.id,
          });
          return { secret };
        }),
    );
  };
}

/** The settings a change leads to; refused when it contradicts itself or leads to what no pool may be. */
function accepted(former: Readonly<Pool> | undefined, input: PoolInput): PoolSettings {
  const settings = changedSettings(former, input);
  const problems = [...contradictionsIn(input, settings), ...problemsOf(settings)];
  if (problems.length > 0) throw invalid(problems);
  return settings;
}

function invalid(problems: string[]): Refusal {
  return new Refusal("request.invalid", { status: 422, detail: problems.join("; ") });
}
