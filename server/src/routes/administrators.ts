import type { FastifyRequest } from "fastify";
import { handleOf } from "../console/cookie";
import { isProof, type ConsoleSessions, type KnownAdmin } from "../console/sessions";
import { hashHandle, matchesHash } from "../secrets/handles";
import type { Admin } from "../startup/settings";
import { bearerOf } from "./client-authentication";

/** The administrators of the settings, without their tokens. */
export function knownAdmins(admins: readonly Admin[]): KnownAdmin[] {
  return admins.map(({ name, role, token }) => ({ name, role, tokenHash: hashHandle("admin", token) }));
}

/** Whose token it is. */
export function adminWithToken(known: readonly KnownAdmin[], token: string | undefined): KnownAdmin | undefined {
  return known.find(({ tokenHash }) => matchesHash("admin", token, tokenHash));
}

/** Who asks: by token, as programs do; else by the console's session, with the proof that its page sends. */
export async function adminOf(
  request: FastifyRequest,
  known: readonly KnownAdmin[],
  sessions: ConsoleSessions,
): Promise<KnownAdmin | undefined> {
  const { authorization, "x-console": proof } = request.headers;
  if (authorization !== undefined) return adminWithToken(known, bearerOf(authorization));
  const handle = handleOf(request);
  if (handle === undefined || !isOwnPage(request) || !isProof(proof, handle)) return undefined;
  return (await sessions.find(handle))?.admin;
}

/** Whether the browser says that a page of this very origin asks. Old ones say nothing; then the proof has to do. */
export function isOwnPage({ headers }: FastifyRequest): boolean {
  const site = headers["sec-fetch-site"];
  return headers["x-console"] !== undefined && (site === undefined || site === "same-origin");
}
