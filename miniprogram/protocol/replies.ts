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
 * reply counts only when all is there that the applet reads; what may be null may be missing.
 */

type Guard = (value: unknown) => boolean;

const isText: Guard = (value) => typeof value === "string";
const isFlag: Guard = (value) => typeof value === "boolean";
const isSeconds: Guard = (value) => typeof value === "number" && value > 0 && value < Infinity;
const isHandle: Guard = (value) => typeof value === "string" && HANDLE.test(value);
const isColor: Guard = (value) => typeof value === "string" && COLOR.test(value);
const isNeed: Guard = (value) => value === "agreements" || value === "phone";

const orNone =
  (is: Guard): Guard =>
  (value) =>
    value === null || value === undefined || is(value);

const listOf =
  (is: Guard): Guard =>
  (value) =>
    Array.isArray(value) && value.every(is);

/** A guard for each field of `T`: one that is forgotten does not compile. */
const shape =
  <T>(fields: { readonly [Field in keyof Required<T>]: Guard }) =>
  (value: unknown): value is T =>
    typeof value === "object" &&
    value !== null &&
    Object.entries<Guard>(fields).every(([name, is]) => is((value as Record<string, unknown>)[name]));

const isUserOrNone = orNone(shape<Pick<UserView, "phone">>({ phone: orNone(isText) }));
const isAgreement = shape<Agreement>({ title: isText, text: isText, version: isText, required: isFlag });
const isPool = shape<PoolView>({
  name: isText,
  logo: orNone(isText),
  caller: orNone(isText),
  agreements: listOf(isAgreement),
  brand: orNone(shape<Brand>({ logo: orNone(isText), color: orNone(isColor) })),
  reasons: orNone(shape<Reasons>({ phone: orNone(isText), identity: orNone(isText) })),
});

/** A whole reply to `attempts`. */
export const isAttemptReply = shape<AttemptReply>({
  attempt: isHandle,
  expiresIn: isSeconds,
  pool: isPool,
  user: isUserOrNone,
  needs: listOf(isNeed),
  phoneOptional: isFlag,
  ticket: orNone(isHandle),
  ticketExpiresIn: orNone(isSeconds),
});

/** A whole reply to `tickets`. */
export const isTicketReply = shape<TicketReply>({ ticket: isHandle, ticketExpiresIn: isSeconds, user: isUserOrNone });

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
