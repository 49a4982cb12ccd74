import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import { Type, TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import { ADMIN_READS_ONLY, ADMIN_UNAUTHORIZED } from "../messages";
import { countFailures } from "../limits/failures";
import { Refusal } from "../refusal";
import { hashHandle, matchesHash } from "../secrets/handles";
import type { Services } from "../services";
import type { Settings } from "../startup/settings";
import { adminPoolRoutes } from "./admin-pools";
import { adminUserRoutes } from "./admin-users";
import { bearerOf } from "./client-authentication";
import { fieldProblems, type FieldError } from "../http/field-problems";

declare module "fastify" {
  interface FastifyRequest {
    /** Who administers, for the audit log; empty outside administration. */
    actor: string;
    /** Whether they may change things and see phone numbers in full. */
    isOwner: boolean;
  }
}

/** Administration: only there when somebody may use it. */
export function adminRoutes(services: Services, admins: Settings["admins"]): FastifyPluginAsync {
  const known = admins.map(({ name, role, token }) => ({ name, role, hash: hashHandle("admin", token) }));
  const adminOf = (request: FastifyRequest) => {
    const token = bearerOf(request.headers.authorization);
    return known.find(({ hash }) => matchesHash("admin", token, hash));
  };

  return async (app) => {
    if (known.length === 0) return;
    app.decorateRequest("actor", "").decorateRequest("isOwner", false);
    countFailures(app, services.limiter, "admin.failures", "client.unauthorized");
    await app.register(async (guarded) => {
      guarded.addHook("onRequest", async (request) => {
        const admin = adminOf(request);
        if (!admin) throw new Refusal("client.unauthorized", { message: ADMIN_UNAUTHORIZED });
        request.actor = `admin:${admin.name}`;
        request.isOwner = admin.role === "owner";
        if (!request.isOwner && request.method !== "GET" && request.method !== "HEAD") {
          throw new Refusal("client.unauthorized", { status: 403, message: ADMIN_READS_ONLY });
        }
      });
      refuseUnknownFields(guarded);
      guarded.get(
        "/admin/v1/session",
        {
          schema: {
            summary: "Whose token it is",
            tags: ["administration"],
            security: [{ adminToken: [] }],
            response: { 200: Session },
          },
        },
        async ({ actor, isOwner }) => ({
          name: actor.slice("admin:".length),
          role: isOwner ? ("owner" as const) : ("reader" as const),
        }),
      );
      await guarded.register(adminPoolRoutes(services), { prefix: "/admin/v1" });
      await guarded.register(adminUserRoutes(services), { prefix: "/admin/v1" });
    });
  };
}

const Session = Type.Object({
  name: Type.String(),
  role: Type.Union([Type.Literal("owner"), Type.Literal("reader")]),
});

/** A field mistyped by an operator must not be dropped silently, as one sent by an old applet is. */
function refuseUnknownFields(app: FastifyInstance): void {
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.addHook("onRoute", ({ schema }) => {
    if (schema) schema.querystring = { ...(schema.querystring ?? Type.Object({})), additionalProperties: false };
  });
  app.setErrorHandler((error: InvalidRequest, request) => {
    const { validation, validationContext = "body" } = error;
    if (validation === undefined) throw error;
    const schema = (request.routeOptions.schema as Record<string, unknown> | undefined)?.[validationContext];
    throw new Refusal("request.invalid", { status: 422, detail: fieldProblems(schema, validation).join("; ") });
  });
}

interface InvalidRequest extends Error {
  validation?: FieldError[];
  validationContext?: string;
}
