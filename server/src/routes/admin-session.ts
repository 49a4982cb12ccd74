import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { cookieFor, handleOf, noCookies } from "../console/cookie";
import { isProof, proofOf, type ConsoleSessions, type KnownAdmin } from "../console/sessions";
import { closed } from "../http/json-schemas";
import { languageOf } from "../http/language";
import { ADMIN_UNAUTHORIZED, CONSOLE_ONLY } from "../messages";
import { Refusal } from "../refusal";
import { bearerOf } from "./client-authentication";
import { adminWithToken, isOwnPage } from "./administrators";

const tags = ["administration"];

const Who = {
  name: Type.String(),
  role: Type.Union([Type.Literal("owner"), Type.Literal("reader")]),
};
const Session = Type.Object({
  ...Who,
  /** Only of the console's sessions. */
  proof: Type.Optional(Type.String()),
  idleAt: Type.Optional(Type.Integer()),
});

/** Who asks, and the console's sign-in and sign-out. */
export function adminSessionRoutes(known: readonly KnownAdmin[], sessions: ConsoleSessions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      "/session",
      {
        schema: {
          operationId: "getSession",
          summary: "Whose token or console session it is",
          tags,
          security: [{ adminToken: [] }],
          response: { 200: Session },
        },
      },
      async (request, reply) => {
        const { authorization } = request.headers;
        if (authorization !== undefined) {
          const admin = adminWithToken(known, bearerOf(authorization));
          if (!admin) throw new Refusal("client.unauthorized", { message: ADMIN_UNAUTHORIZED });
          return { name: admin.name, role: admin.role };
        }
        const handle = handleOf(request);
        const session = handle !== undefined && isOwnPage(request) ? await sessions.find(handle) : undefined;
        if (handle === undefined || !session) return signedOut(request, reply);
        const { admin, idleAt } = session;
        return { name: admin.name, role: admin.role, proof: proofOf(handle), idleAt };
      },
    );

    app.post(
      "/session",
      {
        schema: {
          operationId: "openSession",
          security: [],
          summary: "Sign in to the console: a token for a session cookie",
          tags,
          body: Type.Object({ token: Type.String({ minLength: 1, maxLength: 512 }) }, closed),
          response: { 200: Session },
        },
      },
      async (request, reply) => {
        // Not 401: another site cannot use up the tries of whoever sits at this browser.
        if (!isOwnPage(request)) throw new Refusal("client.unauthorized", { status: 403, message: CONSOLE_ONLY });
        const admin = adminWithToken(known, request.body.token);
        if (!admin) throw new Refusal("client.unauthorized", { message: ADMIN_UNAUTHORIZED });
        const { handle, idleAt } = await sessions.open(admin, handleOf(request));
        void reply.header("set-cookie", cookieFor(request, handle));
        return { name: admin.name, role: admin.role, proof: proofOf(handle), idleAt };
      },
    );

    app.delete(
      "/session",
      {
        schema: {
          operationId: "closeSession",
          security: [],
          summary: "Sign out of the console",
          tags,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const handle = handleOf(request);
        if (handle !== undefined && isOwnPage(request) && isProof(request.headers["x-console"], handle)) {
          const session = await sessions.find(handle);
          if (session) await sessions.close(handle, session.admin);
          void reply.header("set-cookie", noCookies());
        }
        return reply.code(204).send(null);
      },
    );
  };
}

/** Told, not thrown: whoever merely opens the page, or comes back to it, has tried no token. */
export function signedOut(request: FastifyRequest, reply: FastifyReply): never {
  const refusal = new Refusal("client.unauthorized", { message: ADMIN_UNAUTHORIZED });
  return reply.code(401).send(refusal.reply(request.id, languageOf(request))) as never;
}
