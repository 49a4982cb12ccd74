import { COLOR, HANDLE } from "./formats";
import type { ErrorReply } from "./errors";
import type {
  AccountCard,
  AccountOffer,
  AccountPage,
  AccountRow,
  Agreement,
  AttemptReply,
  Brand,
  PoolView,
  Reasons,
  TicketReply,
  UserView,
} from "./wire";

/*
 * Guards for what the server answers. A proxy, a captive portal or another version may have spoken in its place, so a
 * reply counts only when it is whole.
 */

type Guard = (value: unknown) => boolean;

const isText: Guard = (value) => typeof value === "string";
const isFlag: Guard = (value) => typeof value === "boolean";
const isSeconds: Guard = (value) => typeof value === "number" && value > 0 && value < Infinity;
const isHandle: Guard = (value) => typeof value === "string" && HANDLE.test(value);
const isColor: Guard = (value) => typeof value === "string" && COLOR.test(value);
const isNeed: Guard = (value) => value === "agreements" || value === "phone";

const orNull =
  (is: Guard): Guard =>
  (value) =>
    value === null || is(value);

const listOf =
  (is: Guard): Guard =>
  (value) =>
    Array.isArray(value) && value.every(is);

const orMissing =
  (is: Guard): Guard =>
  (value) =>
    value === undefined || is(value);

/** A guard for each field of `T`: one that is forgotten does not compile. */
const shape =
  <T>(fields: { readonly [Field in keyof Required<T>]: Guard }) =>
  (value: unknown): value is T =>
    typeof value === "object" &&
    value !== null &&
    Object.entries<Guard>(fields).every(([name, is]) => is((value as Record<string, unknown>)[name]));

const isUserOrNull = orNull(shape<UserView>({ nickname: isText, photo: isText, phone: orNull(isText) }));
const isAgreement = shape<Agreement>({ title: isText, text: isText, version: isText, required: isFlag });
const isPool = shape<PoolView>({
  name: isText,
  logo: orNull(isText),
  caller: orNull(isText),
  agreements: listOf(isAgreement),
  brand: orMissing(shape<Brand>({ logo: orNull(isText), color: orNull(isColor) })),
  reasons: orMissing(shape<Reasons>({ phone: orNull(isText), identity: orNull(isText) })),
});
const isAttempt = shape<AttemptReply>({
  attempt: isHandle,
  expiresIn: isSeconds,
  pool: isPool,
  user: isUserOrNull,
  needs: listOf(isNeed),
  phoneOptional: isFlag,
  ticket: orMissing(isHandle),
  ticketExpiresIn: orMissing(isSeconds),
});

/** A whole reply to `attempts`: with nothing left to ask it carries a ticket. */
export function isAttemptReply(body: unknown): body is AttemptReply {
  if (!isAttempt(body)) return false;
  return body.needs.length > 0 || (body.ticket !== undefined && body.ticketExpiresIn !== undefined);
}

/** A whole reply to `tickets`. */
export const isTicketReply = shape<TicketReply>({ ticket: isHandle, ticketExpiresIn: isSeconds, user: isUserOrNull });

const isRow = shape<Pick<AccountRow, "title" | "text">>({ title: isText, text: isText });
const isOffer = shape<Omit<AccountOffer, "order">>({ question: isText, detail: isText, label: isText });

/** A whole reply about somebody's own accounts, as far as the applet shows it. */
export const isAccountReply = shape<AccountPage>({
  account: isHandle,
  cards: listOf(shape<AccountCard>({ label: isText, rows: listOf(isRow) })),
  offers: listOf(isOffer),
});

/** A refusal in the contract's form; whether its code is known is for the caller to see. */
export const isErrorReply = shape<Pick<ErrorReply, "error">>({ error: isText });
