import type { SchemaStep } from "./step";

/** Which accounts an identity left, so that who deletes their account does not leave those behind. */
export const formerAccounts: SchemaStep = {
  version: 11,
  parts: ["alter table identities add column if not exists came_from text not null default '[]'"],
};
