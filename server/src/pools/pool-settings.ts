import { APP_ID } from "@app2wxapp/protocol";
import { Type, type Static } from "@sinclair/typebox";
import { closed, line, LINES, oneOf, orNull } from "../http/json-schemas";
import { localized } from "./localized";

const AppId = Type.String({ pattern: APP_ID.source });
/** The address of an image. */
const Logo = Type.String({ pattern: "^https://[\\x21-\\x7e]{1,500}$" });
const Color = Type.String({ pattern: "^#[0-9A-Fa-f]{6}$" });
const Name = localized(line(64));
/** Why the login asks: for the phone number, and for who the person is. */
const Reasons = Type.Object(
  {
    phone: Type.Optional(orNull(localized(line(100)))),
    identity: Type.Optional(orNull(localized(line(100)))),
  },
  closed,
);

/** A mobile app that may open the applet for a pool: what the person is told it is called, and what it looks like. */
const AllowedAppSchema = Type.Object(
  {
    appId: AppId,
    name: Name,
    logo: Type.Optional(orNull(Logo)),
    color: Type.Optional(orNull(Color)),
    reasons: Type.Optional(Reasons),
  },
  { ...closed, title: "AllowedApp" },
);
export type AllowedApp = Static<typeof AllowedAppSchema>;

export const AgreementVersion = line(64);
const AgreementSchema = Type.Object(
  {
    title: localized(line(100)),
    text: localized(Type.String({ minLength: 1, maxLength: 50_000, pattern: LINES })),
    version: AgreementVersion,
    required: Type.Boolean(),
  },
  { ...closed, title: "Agreement" },
);

/**
 * What an operator sets of a pool, each said here and nowhere else: what it may be, and what it is when nobody says. How
 * they depend on one another stands in pool-rules.ts.
 */
export const PoolSettings = Type.Object({
  name: Name,
  logo: orNull(Logo, { default: null }),
  /** Of the applet's page; white text stands on it. */
  color: orNull(Color, { default: null }),
  reasons: Type.Object(Reasons.properties, { ...closed, default: {} }),
  agreements: Type.Array(AgreementSchema, { maxItems: 10, default: [] }),
  /** The pool's own applet; null: the shared one. */
  wechatAppId: orNull(AppId, { default: null }),
  /** The original id (gh_…) of that applet, by which apps open it; for the console to show. */
  wechatUserName: orNull(Type.String({ pattern: "^gh_[0-9A-Za-z_-]{1,61}$" }), { default: null }),
  /** What an exchange must show: the pool secret, a PKCE verifier, or the ticket alone. */
  exchange: oneOf(["secret", "pkce", "open"], { default: "secret" }),
  requirePkce: Type.Boolean({ default: false }),
  /** `"*"` admits every app: nothing then protects against a hostile one that opens the applet. */
  allowedApps: Type.Union([Type.Array(AllowedAppSchema, { maxItems: 100 }), Type.Literal("*")]),
  missingCaller: oneOf(["deny", "allow"], { default: "deny" }),
  phone: oneOf(["never", "onRequest", "always"], { default: "onRequest" }),
  /** Whether the person may go on without the phone that is asked for. */
  phoneOptional: Type.Boolean({ default: false }),
  /** How long a verified phone is used again without asking. */
  phoneMaxAgeDays: Type.Integer({ minimum: 0, maximum: 3650, default: 90 }),
  ticketTtlSeconds: Type.Integer({ minimum: 30, maximum: 600, default: 120 }),
  responseStyle: oneOf(["user", "envelope"], { default: "user" }),
  /** No new accounts. */
  loginOnly: Type.Boolean({ default: false }),
  /** Chosen at creation. */
  tokenAlgorithm: oneOf(["HS256", "ES256"], { default: "HS256" }),
  tokenTtlSeconds: Type.Integer({ minimum: 60, maximum: 365 * 86_400, default: 15 * 86_400 }),
  /** How long an account can be had back after its owner deleted it. */
  deletionGraceDays: Type.Integer({ minimum: 0, maximum: 30, default: 7 }),
});
export type PoolSettings = Static<typeof PoolSettings>;

/** There is none for what an operator has to choose. */
type Chosen = "name" | "allowedApps";

/** Also completes what was stored before a setting existed. */
export const POOL_DEFAULTS = Object.freeze(
  Object.fromEntries(
    Object.entries(PoolSettings.properties).flatMap(([name, schema]) =>
      "default" in schema ? [[name, schema.default as unknown]] : [],
    ),
  ),
) as Omit<PoolSettings, Chosen>;
