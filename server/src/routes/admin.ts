import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import { TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import { ADMIN_UNAUTHORIZED } from "../messages";
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
  }
}

/** Administration: only there when somebody may use it. */
export function adminRoutes(services: Services, admins: Settings["admins"]): FastifyPluginAsync {
  const known = admins.map(({ name, token }) => ({ name, hash: hashHandle("admin", token) }));
  const nameOf = (request: FastifyRequest): string | undefined => {
    const token = bearerOf(request.headers.authorization);
    return known.find(({ hash }) => matchesHash("admin", token, hash))?.name;
  };

  return async (app) => {
    if (known.length === 0) return;
    app.decorateRequest("actor", "");
    await app.register(async (guarded) => {
      guarded.addHook("onRequest", async (request) => {
        const name = nameOf(request);
        if (name === undefined) throw new Refusal("client.unauthorized", { message: ADMIN_UNAUTHORIZED });
        request.actor = `admin:${name}`;
      });
      refuseUnknownFields(guarded);
      await guarded.register(adminPoolRoutes(services), { prefix: "/admin/v1" });
      await guarded.register(adminUserRoutes(services), { prefix: "/admin/v1" });
    });
  };
}

/** A field mistyped by an operator must not be dropped silently, as one sent by an old applet is. */
function refuseUnknownFields(app: FastifyInstance): void {
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
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
