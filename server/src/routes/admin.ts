import type { FastifyInstance, FastifyPluginAsync, RouteOptions } from "fastify";
import { Type, TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import { ADMIN_READS_ONLY, ADMIN_UNAUTHORIZED } from "../messages";
import { countFailures } from "../limits/failures";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import type { Settings } from "../startup/settings";
import { ConsoleSessions } from "../console/sessions";
import { adminOf, knownAdmins } from "./administrators";
import { adminSessionRoutes, signedOut } from "./admin-session";
import { adminImportRoutes } from "./admin-import";
import { adminSurroundingsRoutes, type ConsoleSettings } from "./admin-surroundings";
import { adminPoolRoutes } from "./admin-pools";
import { adminAuditRoutes } from "./admin-audit";
import { adminDeletionRoutes } from "./admin-deletions";
import { adminFigureRoutes } from "./admin-figures";
import { adminPersonRoutes } from "./admin-person";
import { adminTokenKeyRoutes } from "./admin-token-keys";
import { adminUserRoutes } from "./admin-users";
import { adminWeChatRoutes } from "./admin-wechat";
import { READS, SENDS, WITH_SECRET, type Refusable } from "../openapi/refusals";
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
export function adminRoutes(
  services: Services,
  settings: Pick<Settings, "admins"> & ConsoleSettings,
): FastifyPluginAsync {
  const known = knownAdmins(settings.admins);
  const sessions = new ConsoleSessions(services.store, known);

  return async (app) => {
    if (known.length === 0) return;
    app.decorateRequest("actor", "").decorateRequest("isOwner", false);
    countFailures(app, services.limiter, "admin.failures", "client.unauthorized");
    await app.register(async (scope) => {
      refuseUnknownFields(scope);
      await scope.register(adminSessionRoutes(known, sessions), { prefix: "/admin/v1" });
      await scope.register(async (guarded) => {
        guarded.addHook("onRequest", async (request, reply) => {
          const admin = await adminOf(request, known, sessions);
          if (!admin) {
            const { authorization, "x-console": page } = request.headers;
            if (authorization === undefined && page !== undefined) return signedOut(request, reply);
            throw new Refusal("client.unauthorized", { message: ADMIN_UNAUTHORIZED });
          }
          request.actor = `admin:${admin.name}`;
          request.isOwner = admin.role === "owner";
          if (!request.isOwner && request.method !== "GET" && request.method !== "HEAD") {
            throw new Refusal("client.unauthorized", { status: 403, message: ADMIN_READS_ONLY });
          }
          return undefined;
        });
        await guarded.register(adminPoolRoutes(services), { prefix: "/admin/v1" });
        await guarded.register(adminTokenKeyRoutes(services), { prefix: "/admin/v1" });
        await guarded.register(adminUserRoutes(services), { prefix: "/admin/v1" });
        await guarded.register(adminImportRoutes(services), { prefix: "/admin/v1" });
        await guarded.register(adminSurroundingsRoutes(services, settings), { prefix: "/admin/v1" });
        await guarded.register(adminPersonRoutes(services), { prefix: "/admin/v1" });
        await guarded.register(adminDeletionRoutes(services), { prefix: "/admin/v1" });
        await guarded.register(adminFigureRoutes(services), { prefix: "/admin/v1" });
        await guarded.register(adminWeChatRoutes(services), { prefix: "/admin/v1" });
        await guarded.register(adminAuditRoutes(services), { prefix: "/admin/v1" });
      });
    });
  };
}

/** A field mistyped by an operator must not be dropped silently, as one sent by an old applet is. */
function refuseUnknownFields(app: FastifyInstance): void {
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.addHook("onRoute", (route) => {
    const { schema } = route;
    route.config = { ...route.config, refusals: [...refusalsOf(route), ...(route.config?.refusals ?? [])] };
    if (schema) schema.querystring = { ...(schema.querystring ?? Type.Object({})), additionalProperties: false };
  });
  app.setErrorHandler((error: InvalidRequest, request) => {
    const { validation, validationContext = "body" } = error;
    if (validation === undefined) throw error;
    const schema = (request.routeOptions.schema as Record<string, unknown> | undefined)?.[validationContext];
    throw new Refusal("request.invalid", { status: 422, detail: fieldProblems(schema, validation).join("; ") });
  });
}

/** How administration refuses: alike at every call. */
function refusalsOf({ url, schema }: RouteOptions): Refusable[] {
  const isOfUser = url.endsWith("/:id") || url.includes("/:id/");
  return [
    ...(schema?.body === undefined ? READS : SENDS),
    ...WITH_SECRET,
    ["client.unauthorized", 403],
    ["request.invalid", 422],
    ...(url.includes("/:userPoolId") ? (["pool.unknown"] as const) : []),
    ...(isOfUser ? ([["request.invalid", 404]] as const) : []),
  ];
}

interface InvalidRequest extends Error {
  validation?: FieldError[];
  validationContext?: string;
}
