import type { AuditEntry } from "../api/types";

const COLUMNS = ["at", "actor", "event", "pool", "subject", "details", "id"];

/** Rows for a sheet (RFC 4180). A cell that a sheet would run as a formula is made text. */
export function csvOf(entries: readonly AuditEntry[]): string {
  const rows = entries.map(({ at, actor, event, poolId, subject, details, id }) => [
    new Date(at).toISOString(),
    actor,
    event,
    poolId ?? "",
    subject ?? "",
    JSON.stringify(details),
    id,
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
