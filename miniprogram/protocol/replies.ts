import { SERVER_ERRORS, isServerErrorCode, type ServerErrorCode } from "./errors";
import { HANDLE } from "./formats";
import type { Agreement, AttemptReply, Need, PoolView, TicketReply, UserView } from "./wire";

/**
 * Readers of what the server answers. Each gives the reply when it is whole and well formed and `undefined` otherwise:
 * a proxy, a captive portal or another version may have spoken instead. Fields nobody asked for are dropped.
 */
export function readAttemptReply(body: unknown): AttemptReply | undefined {
  if (!isRecord(body)) return undefined;
  const { attempt, expiresIn, phoneOptional, ticket, ticketExpiresIn } = body;
  const pool = readPool(body["pool"]);
  const user = readUser(body["user"]);
  const needs = readList(body["needs"], (need) => (need === "agreements" || need === "phone" ? need : undefined));
  if (!isHandle(attempt) || !isSeconds(expiresIn) || typeof phoneOptional !== "boolean") return undefined;
  if (!pool || user === undefined || !needs) return undefined;
  const reply: AttemptReply = { attempt, expiresIn, pool, user, needs: needs as Need[], phoneOptional };
  if (needs.length > 0) return reply;
  return isHandle(ticket) && isSeconds(ticketExpiresIn) ? { ...reply, ticket, ticketExpiresIn } : undefined;
}

export function readTicketReply(body: unknown): TicketReply | undefined {
  if (!isRecord(body)) return undefined;
  const { ticket, ticketExpiresIn } = body;
  const user = readUser(body["user"]);
  if (!isHandle(ticket) || !isSeconds(ticketExpiresIn) || user === undefined) return undefined;
  return { ticket, ticketExpiresIn, user };
}

/** The contract's error code, when body and HTTP status agree on one. */
export function readErrorCode(status: number, body: unknown): ServerErrorCode | undefined {
  const error = isRecord(body) ? body["error"] : undefined;
  return isServerErrorCode(error) && SERVER_ERRORS[error].status === status ? error : undefined;
}

function readPool(value: unknown): PoolView | undefined {
  if (!isRecord(value)) return undefined;
  const { name, logo, caller } = value;
  const agreements = readList(value["agreements"], readAgreement);
  if (typeof name !== "string" || !isTextOrNull(logo) || !isTextOrNull(caller) || !agreements) return undefined;
  return { name, logo, caller, agreements };
}

function readAgreement(value: unknown): Agreement | undefined {
  if (!isRecord(value)) return undefined;
  const { title, text, version, required } = value;
  if (typeof title !== "string" || typeof text !== "string") return undefined;
  if (typeof version !== "string" || typeof required !== "boolean") return undefined;
  return { title, text, version, required };
}

function readUser(value: unknown): UserView | null | undefined {
  if (value === null) return null;
  if (!isRecord(value)) return undefined;
  const { nickname, photo, phone } = value;
  if (typeof nickname !== "string" || typeof photo !== "string" || !isTextOrNull(phone)) return undefined;
  return { nickname, photo, phone };
}

/** All items read, or undefined when the value is no list or one of them cannot be read. */
function readList<T>(value: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: T[] = [];
  for (const item of value) {
    const known = read(item);
    if (known === undefined) return undefined;
    items.push(known);
  }
  return items;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

function isHandle(value: unknown): value is string {
  return typeof value === "string" && HANDLE.test(value);
}

function isSeconds(value: unknown): value is number {
  return typeof value === "number" && value > 0 && value < Infinity;
}
