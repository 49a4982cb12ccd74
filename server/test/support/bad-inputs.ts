import type { InjectOptions } from "fastify";

/** A small seeded generator (mulberry32), so that a failure can be seen again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ODD_TEXTS = [
  "",
  " ",
  "\u0000",
  "\uD800",
  "' or 1=1 --",
  '"; drop table tickets; --',
  "../../etc/passwd",
  "%00",
  "${7*7}",
  "<script>",
  "x".repeat(300),
  "码".repeat(50),
  "null",
  "__proto__",
  "A".repeat(43),
  "0".repeat(24),
  "\u202E",
  "1e999",
];

const FIELDS = [
  "code",
  "appId",
  "getPhone",
  "callerAppId",
  "codeChallenge",
  "agreed",
  "attempt",
  "phoneCode",
  "withoutPhone",
  "ticket",
  "tickett",
  "secret",
  "codeVerifier",
  "token",
  "__proto__",
  "constructor",
];

const PATHS = [
  "/oauth/app2wxapp/attempts/",
  "/oauth/app2wxapp/tickets/",
  "/oauth/app2wxapp/auth/",
  "/oauth/introspect/",
  "/oauth/revoke/",
  "/admin/v1/pools/",
];

/** Requests none of which deserves more than a refusal; the pool they name is sometimes real. */
export function* badInputs(poolId: string, howMany: number, seed = 20_260_301): Generator<InjectOptions> {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const value = (depth = 0): unknown =>
    pick<() => unknown>([
      () => pick(ODD_TEXTS),
      () => pick(ODD_TEXTS) + pick(ODD_TEXTS),
      () => pick([0, -1, 1.5, 1e308, true, false, null]),
      () => (depth < 3 ? Array.from({ length: Math.floor(random() * 4) }, () => value(depth + 1)) : []),
      () => (depth < 3 ? { [pick(FIELDS)]: value(depth + 1), [pick(ODD_TEXTS)]: value(depth + 1) } : {}),
    ])();

  for (let made = 0; made < howMany; made++) {
    const fields = Object.fromEntries(Array.from({ length: Math.floor(random() * 6) }, () => [pick(FIELDS), value()]));
    const json = JSON.stringify(random() < 0.1 ? value() : fields);
    const torn = random() < 0.1 ? json.slice(0, Math.floor(random() * json.length)) : json;
    const type =
      random() < 0.8
        ? "application/json"
        : pick(["application/x-www-form-urlencoded", "text/plain", "", "a/b;c=\u007f"]);
    const pool = random() < 0.5 ? poolId : encodeURIComponent(pick(ODD_TEXTS).replace(/[\uD800-\uDFFF]/g, "?"));
    const query = random() < 0.3 ? `?ticket=${encodeURIComponent(pick(ODD_TEXTS.slice(4)))}&ticket[]=1` : "";
    yield {
      method: pick(["POST", "POST", "POST", "PUT", "PATCH"]),
      url: `${pick(PATHS)}${pool}${query}`,
      headers: { "content-type": type },
      payload: torn,
    };
  }
}
