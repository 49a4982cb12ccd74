import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import type { Pool } from "../pools/pool";
import { POOL_DEFAULTS, type PoolSettings } from "../pools/pool-settings";
import { statement } from "./statement";
import { LostRace, type Transaction } from "./store";
import { pools, type PoolRow } from "./tables";

const findRevision = statement<{ id: string }, Pick<PoolRow, "revision">>(
  "select revision from pools where id = :id and deleted_at is null",
);
const findRow = statement<{ id: string }, PoolRow>(`select ${pools.columns} from pools where id = :id`);
const listRows = statement<{ after: string; limit: number }, PoolRow>(
  `select ${pools.columns} from pools where id > :after and deleted_at is null order by id limit :limit`,
);
const findIdByApplet = statement<{ appId: string }, Pick<PoolRow, "id">>(`
  select id from pools
  where wechat_app_id = :appId and wechat_app_secret is not null and deleted_at is null
  order by updated_at desc
  limit 1`);
const insertRow = statement<PoolRow>(`${pools.insert} on conflict do nothing`);
const updateRow = statement<PoolRow & { former: string }>(
  // One that was deleted meanwhile stays deleted.
  `update pools set ${pools.assignments} where id = :id and revision = :former and deleted_at is null`,
);
const markRow = statement<{ id: string; now: number }>(
  "update pools set deleted_at = :now where id = :id and deleted_at is null",
);

const MOST_KEPT = 1000;
const RECENT_MILLISECONDS = 1000;

/** Reads pools, parsing each revision once. */
export class Pools {
  /** With when the database last said so. */
  readonly #kept = new Map<string, { pool: Readonly<Pool>; at: number }>();

  constructor(private readonly clock: Clock) {}

  /** A pool as it was within the last second; undefined where that is not known. For what is asked of the database again. */
  recent(id: string): Readonly<Pool> | undefined {
    const kept = this.#kept.get(id);
    return kept && this.clock() - kept.at < RECENT_MILLISECONDS ? kept.pool : undefined;
  }

  async find(tx: Transaction, id: string): Promise<Readonly<Pool> | undefined> {
    const at = this.clock();
    const current = await tx.first(findRevision, { id });
    if (!current) {
      this.#kept.delete(id);
      return undefined;
    }
    const kept = this.#kept.get(id);
    if (kept?.pool.revision === current.revision) {
      kept.at = at;
      return kept.pool;
    }
    const row = await tx.first(findRow, { id });
    if (!row) return undefined;
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    const pool = Object.freeze(parsed(row));
    this.#kept.set(id, { pool, at });
    return pool;
  }

  async list(tx: Transaction, after: string, limit: number): Promise<Pool[]> {
    return (await tx.all(listRows, { after, limit })).map(parsed);
  }

  /** A pool that knows the credentials of this applet: of several the one that was changed last. */
  async findByApplet(tx: Transaction, appId: string): Promise<Readonly<Pool> | undefined> {
    const row = await tx.first(findIdByApplet, { appId });
    return row && this.find(tx, row.id);
  }

  /** False when the id is taken. */
  async insert(tx: Transaction, pool: Pool): Promise<boolean> {
    return (await tx.run(insertRow, rowOf(pool))) === 1;
  }

  /** Writes a pool that was read in the same job and changed. */
  async update(tx: Transaction, changed: Pool): Promise<void> {
    const written = await tx.run(updateRow, {
      ...rowOf({ ...changed, revision: randomUUID() }),
      former: changed.revision,
    });
    if (written === 0) throw new LostRace("the pool was changed meanwhile");
    this.#kept.delete(changed.id);
  }

  /** From now on it is unknown to everybody; what it holds goes piece by piece. */
  async delete(tx: Transaction, id: string): Promise<boolean> {
    this.#kept.delete(id);
    return (await tx.run(markRow, { id, now: tx.now })) === 1;
  }
}

function rowOf(pool: Pool): PoolRow {
  const { id, revision, wechatAppSecret, secretHash, kid, nextKid, nextKeySignsAt, createdAt, updatedAt, ...settings } =
    pool;
  return {
    id,
    revision,
    settings: JSON.stringify(settings),
    wechat_app_id: settings.wechatAppId,
    wechat_app_secret: wechatAppSecret,
    secret_hash: secretHash,
    kid,
    next_kid: nextKid,
    next_key_signs_at: nextKeySignsAt,
    created_at: createdAt,
    updated_at: updatedAt,
    deleted_at: null,
  };
}

function parsed(row: PoolRow): Pool {
  return {
    ...POOL_DEFAULTS,
    ...(JSON.parse(row.settings) as PoolSettings),
    id: row.id,
    revision: row.revision,
    wechatAppSecret: row.wechat_app_secret,
    secretHash: row.secret_hash,
    kid: row.kid,
    nextKid: row.next_kid,
    nextKeySignsAt: row.next_key_signs_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
