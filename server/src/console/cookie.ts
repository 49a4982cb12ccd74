import type { FastifyRequest } from "fastify";
import { HANDLE } from "@app2wxapp/protocol";

/**
 * The session's cookie. Behind https it has the prefix that no neighbouring host name can set (RFC 6265bis, section 4.1.3);
 * on plain http, which is for loopback, browsers take no such cookie.
 */
const SECURE = "__Host-app2wxapp-console";
const PLAIN = "app2wxapp-console";

const FIXED = "Path=/; HttpOnly; SameSite=Strict";

/** The handle in a request's cookies, if there is exactly one. */
export function handleOf({ headers: { cookie = "" } }: FastifyRequest): string | undefined {
  const found = cookie
    .split(";")
    .map((pair) => pair.trim().split("="))
    .filter(([name, value]) => (name === SECURE || name === PLAIN) && HANDLE.test(value ?? ""));
  const secure = found.filter(([name]) => name === SECURE);
  const [only, ...more] = secure.length > 0 ? secure : found;
  return more.length > 0 ? undefined : only?.[1];
}

/** What sets the cookie, until the browser ends: the server decides how long the session lives. */
export function cookieFor(request: FastifyRequest, handle: string): string {
  return isSecure(request) ? `${SECURE}=${handle}; ${FIXED}; Secure` : `${PLAIN}=${handle}; ${FIXED}`;
}

export function noCookies(): string[] {
  return [`${SECURE}=; ${FIXED}; Secure; Max-Age=0`, `${PLAIN}=; ${FIXED}; Max-Age=0`];
}

/** The browser says under which address it sees the page; a proxy's word is not needed. */
function isSecure({ headers: { origin } }: FastifyRequest): boolean {
  return origin?.startsWith("https://") === true;
}
