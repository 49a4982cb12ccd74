import { statement, type Value } from "../statement";
import type { Transaction } from "../store";
import type { SchemaStep } from "./step";

/** The columns that were settings of a pool, and what they are called in its settings. */
const SETTINGS = {
  name: "name",
  logo: "logo",
  agreements: "agreements",
  wechat_app_id: "wechatAppId",
  exchange: "exchange",
  require_pkce: "requirePkce",
  allowed_apps: "allowedApps",
  missing_caller: "missingCaller",
  phone: "phone",
  phone_optional: "phoneOptional",
  phone_max_age_days: "phoneMaxAgeDays",
  ticket_ttl_seconds: "ticketTtlSeconds",
  response_style: "responseStyle",
  login_only: "loginOnly",
  token_algorithm: "tokenAlgorithm",
  token_ttl_seconds: "tokenTtlSeconds",
} as const;
type Column = keyof typeof SETTINGS;
const columns = Object.keys(SETTINGS) as Column[];
const LISTS: ReadonlySet<Column> = new Set(["agreements", "allowed_apps"]);
const FLAGS: ReadonlySet<Column> = new Set(["require_pkce", "phone_optional", "login_only"]);

/** Of a pool whose settings were not gathered yet. */
const NONE = "{}";

async function gatherSettings(tx: Transaction): Promise<void> {
  const list = statement<{ none: string }, { id: string } & Record<Column, Value>>(
    `select id, ${columns.join(", ")} from pools where settings = :none`,
  );
  const write = statement<{ id: string; settings: string }>("update pools set settings = :settings where id = :id");
  for (const row of await tx.all(list, { none: NONE })) {
    const settings = columns.map((column) => {
      const value = row[column];
      if (LISTS.has(column)) return [SETTINGS[column], JSON.parse(String(value)) as unknown];
      return [SETTINGS[column], FLAGS.has(column) ? value === 1 : value];
    });
    await tx.run(write, { id: row.id, settings: JSON.stringify(Object.fromEntries(settings)) });
  }
}

/**
 * A pool's settings become one column, since they are read whole. Servers of the version before still read the former
 * columns while they are replaced; only where there is one server at a time can these go at once.
 */
export const settingsAsOne: SchemaStep = {
  version: 2,
  parts: [
    `alter table pools add column if not exists settings text not null default '${NONE}'`,
    gatherSettings,
    {
      sqlite: columns.map((column) => `alter table pools drop column ${column};`).join("\n"),
      postgres: columns.map((column) => `alter table pools alter column ${column} drop not null;`).join("\n"),
    },
    "alter table attempts add column if not exists nonce text",
  ],
};
