import { statement } from "../statement";
import type { Transaction } from "../store";
import type { SchemaStep } from "./step";

async function copyAppIds(tx: Transaction): Promise<void> {
  const list = statement<object, { id: string; settings: string }>("select id, settings from pools");
  const write = statement<{ id: string; appId: string | null }>(
    "update pools set wechat_app_id = :appId where id = :id",
  );
  for (const { id, settings } of await tx.all(list, {})) {
    const { wechatAppId = null } = JSON.parse(settings) as { wechatAppId?: string | null };
    await tx.run(write, { id, appId: wechatAppId });
  }
}

/** What people see and do about their own accounts: apps they signed in to, deletion, and by which applet they come. */
export const myAccount: SchemaStep = {
  version: 10,
  parts: [
    `
      alter table users add column if not exists apps text not null default '[]';
      alter table users add column if not exists deletes_at bigint;
      create index if not exists users_by_deletion on users (deletes_at) where deletes_at is not null;
      alter table pools add column if not exists wechat_app_id text;
      create table if not exists account_sessions (
        hash text primary key,
        app_id text not null,
        person text not null,
        expires_at bigint not null
      );
      create index if not exists account_sessions_by_expiry on account_sessions (expires_at);
    `,
    copyAppIds,
    "create index if not exists pools_by_applet on pools (wechat_app_id)",
  ],
};
