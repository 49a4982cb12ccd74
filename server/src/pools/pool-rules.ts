import { isReadableUnderWhite, LANGUAGES } from "@app2wxapp/protocol";
import { textIn } from "./localized";
import { POOL_DEFAULTS, type PoolSettings } from "./pool-settings";

/** Every login that begins carries the texts of the agreements in one language: some 33,000 Chinese characters. */
const AGREEMENT_BYTES = 100_000;

/** What an operator sent: our names, and the reference's for two of them. */
export type PoolInput = Partial<PoolSettings> & {
  app2WxappLoginStrategy?: {
    ticketExpriresAfter?: number;
    ticketExpiresAfter?: number;
    ticketExchangeUserInfoNeedSecret?: boolean;
  };
};

/** The settings after a change, with what follows from them. Check them with {@link problemsOf}. */
export function changedSettings(former: PoolSettings | undefined, input: PoolInput): PoolSettings {
  const { app2WxappLoginStrategy: strategy = {}, ...given } = input;
  const ttl = strategy.ticketExpriresAfter ?? strategy.ticketExpiresAfter;
  const settings: PoolSettings = {
    ...POOL_DEFAULTS,
    name: "",
    allowedApps: [],
    ...former,
    ...(ttl !== undefined && { ticketTtlSeconds: ttl }),
    ...exchangeOf(strategy.ticketExchangeUserInfoNeedSecret, former),
    ...given,
  };
  // Everybody may launch such a pool, a caller that hides itself too. A list that replaces "*" starts strict again.
  const wasOpen = former?.allowedApps === "*";
  const isOpen = settings.allowedApps === "*";
  if (given.missingCaller === undefined && isOpen !== wasOpen) settings.missingCaller = isOpen ? "allow" : "deny";
  if (settings.exchange === "pkce") settings.requirePkce = true;
  return settings;
}

/** The reference knows two modes. Where no secret is needed because a verifier is, "no secret" changes nothing. */
function exchangeOf(needSecret: boolean | undefined, former: PoolSettings | undefined): Partial<PoolSettings> {
  if (needSecret === undefined) return {};
  if (needSecret) return { exchange: "secret" };
  return { exchange: former?.exchange === "pkce" ? "pkce" : "open" };
}

/** What an operator sent that says two things at once; to pick one of them would be a guess at who may come in. */
export function contradictionsIn(input: PoolInput, settings: PoolSettings): string[] {
  const { app2WxappLoginStrategy: strategy = {}, ticketTtlSeconds, exchange, requirePkce } = input;
  const lives = [strategy.ticketExpriresAfter, strategy.ticketExpiresAfter, ticketTtlSeconds];
  const needSecret = strategy.ticketExchangeUserInfoNeedSecret;
  const problems: string[] = [];
  if (new Set(lives.filter((life) => life !== undefined)).size > 1) problems.push("two different lives of a ticket");
  if (needSecret !== undefined && exchange !== undefined && needSecret !== (exchange === "secret")) {
    problems.push("ticketExchangeUserInfoNeedSecret and exchange contradict each other");
  }
  if (requirePkce === false && settings.exchange === "pkce") problems.push('exchange "pkce" cannot do without PKCE');
  return problems;
}

/** Why these settings cannot be accepted; empty when they can. Checked at creation and at every change. */
export function problemsOf(settings: PoolSettings): string[] {
  const problems: string[] = [];
  const { exchange, allowedApps, missingCaller, agreements, ticketTtlSeconds } = settings;
  if (exchange !== "secret" && (allowedApps === "*" || missingCaller !== "deny")) {
    problems.push(
      `exchange "${exchange}" needs a list of allowedApps and missingCaller "deny": nothing else guards the ticket`,
    );
  }
  // The reference's name for it passes no schema.
  if (!Number.isInteger(ticketTtlSeconds) || ticketTtlSeconds < 30 || ticketTtlSeconds > 600) {
    problems.push("ticketTtlSeconds must be a whole number from 30 to 600");
  }
  if (new Set(agreements.map(({ version }) => version)).size < agreements.length) {
    problems.push("two agreements share a version: a person's consent could not be told apart");
  }
  const bytes = Math.max(
    ...LANGUAGES.map((language) =>
      agreements.reduce((sum, { text }) => sum + Buffer.byteLength(textIn(text, language)), 0),
    ),
  );
  if (bytes > AGREEMENT_BYTES) {
    problems.push(
      `agreements: their texts have ${bytes} bytes in UTF-8, together at most ${AGREEMENT_BYTES}: shorten them, and say where the whole stands`,
    );
  }
  const apps = allowedApps === "*" ? [] : allowedApps;
  if (new Set(apps.map(({ appId }) => appId)).size < apps.length) problems.push("an app stands twice in allowedApps");
  for (const [place, color] of [
    ["color", settings.color] as const,
    ...apps.map((app, index) => [`allowedApps/${index}/color`, app.color] as const),
  ]) {
    if (typeof color === "string" && !isReadableUnderWhite(color)) {
      problems.push(`${place}: white text on it cannot be read (its contrast is below 4.5)`);
    }
  }
  return problems;
}

/** What an operator should know of settings that are accepted. */
export function warningsOf({ allowedApps }: PoolSettings): string[] {
  return allowedApps === "*"
    ? ['allowedApps "*": any app, a hostile one too, can open the applet for this pool and receive its tickets']
    : [];
}
