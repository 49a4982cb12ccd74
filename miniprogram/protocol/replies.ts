import { HANDLE } from "./formats";
import type { ErrorReply } from "./errors";
import type { AttemptReply, TicketReply } from "./wire";

/*
 * Guards for what the server answers. A proxy, a captive portal or another version may have spoken in its place, so a
 * reply counts only when it is whole.
 */

type Guard = (value: unknown) => boolean;

const isText: Guard = (value) => typeof value === "string";
const isFlag: Guard = (value) => typeof value === "boolean";
const isSeconds: Guard = (value) => typeof value === "number" && value > 0 && value < Infinity;
const isHandle: Guard = (value) => typeof value === "string" && HANDLE.test(value);
const isNeed: Guard = (value) => value === "agreements" || value === "phone";

const orNull =
  (is: Guard): Guard =>
  (value) =>
    value === null || is(value);

const listOf =
  (is: Guard): Guard =>
  (value) =>
    Array.isArray(value) && value.every(is);

const shape =
  (fields: Readonly<Record<string, Guard>>): Guard =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(fields).every(([name, is]) => is((value as Record<string, unknown>)[name]));

const isUserOrNull = orNull(shape({ nickname: isText, photo: isText, phone: orNull(isText) }));
const isAgreement = shape({ title: isText, text: isText, version: isText, required: isFlag });
const isPool = shape({ name: isText, logo: orNull(isText), caller: orNull(isText), agreements: listOf(isAgreement) });
const hasTicket = shape({ ticket: isHandle, ticketExpiresIn: isSeconds });
const isAttempt = shape({
  attempt: isHandle,
  expiresIn: isSeconds,
  pool: isPool,
  user: isUserOrNull,
  needs: listOf(isNeed),
  phoneOptional: isFlag,
});

/** A whole reply to `attempts`: with nothing left to ask it carries a ticket. */
export function isAttemptReply(body: unknown): body is AttemptReply {
  return isAttempt(body) && ((body as AttemptReply).needs.length > 0 || hasTicket(body));
}

/** A whole reply to `tickets`. */
export function isTicketReply(body: unknown): body is TicketReply {
  return hasTicket(body) && isUserOrNull((body as TicketReply).user);
}

/** A refusal in the contract's form; whether its code is known is for the caller to see. */
export function isErrorReply(body: unknown): body is Pick<ErrorReply, "error"> {
  return shape({ error: isText })(body);
}
