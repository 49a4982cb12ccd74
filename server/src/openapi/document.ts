import swagger from "@fastify/swagger";
import type { FastifyInstance, RouteOptions } from "fastify";
import { OAuthErrorSchema } from "../http/oauth-refusal";
import { ErrorReplySchema } from "../routes/wire-schemas";
import { EXAMPLES } from "./examples";
import { FIELDS } from "./fields";
import { refusalResponses } from "./refusals";

/** What a description says of its listener as a whole. */
export interface Interface {
  title: string;
  description: string;
  /** Where it is reached; missing: where the description was read. */
  origin?: string | undefined;
  tags: { name: string; description: string }[];
  securitySchemes: Record<string, { type: "http"; scheme: "bearer" | "basic"; description: string }>;
}

type Schema = Record<string, unknown>;
interface Operation extends Schema {
  responses: Record<string, Schema>;
}

/** Gives a listener its description, OpenAPI 3.1, at `/openapi.json`: made of the routes' own schemas. */
export async function describeInterface(app: FastifyInstance, about: Interface): Promise<void> {
  const routes = new Map<string, RouteOptions>();
  app.addHook("onRoute", (route) => {
    const path = route.url.replaceAll(/:(\w+)/g, "{$1}");
    for (const method of [route.method].flat()) routes.set(`${method.toLowerCase()} ${path}`, route);
  });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: about.title,
        version: "1",
        description: about.description,
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: about.origin ?? "/", description: "This server" }],
      tags: about.tags,
      components: { securitySchemes: about.securitySchemes },
    },
  });
  // Put together once: it is large, and whoever asks for it is nobody's business.
  let text: Buffer | undefined;
  app.get("/openapi.json", { schema: { hide: true } }, (_request, reply) => {
    text ??= Buffer.from(JSON.stringify(completed(app.swagger() as unknown as Schema, routes)));
    return reply.header("cache-control", "no-cache").type("application/json; charset=utf-8").send(text);
  });
}

/** With the refusals of each call, what each field means, and every schema that has a name in one place. */
function completed(generated: Schema, routes: ReadonlyMap<string, RouteOptions>): Schema {
  const schemas: Record<string, unknown> = {};
  const paths = structuredClone(generated["paths"]) as Record<string, Record<string, Operation>>;
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      for (const [status, response] of Object.entries(operation.responses)) {
        if (response["description"] === "Default Response")
          response["description"] = status === "204" ? "Done" : "Success";
      }
      const { refusals = [], oauthErrors = false } = routes.get(`${method} ${path}`)?.config ?? {};
      operation.responses = { ...operation.responses, ...refusalResponses(refusals, oauthErrors) };
    }
  }
  const completedPaths = named(paths, schemas);
  named(ErrorReplySchema, schemas);
  if (JSON.stringify(completedPaths).includes("/OAuthError")) named(OAuthErrorSchema, schemas);
  return {
    ...generated,
    paths: completedPaths,
    components: {
      ...(generated["components"] as object),
      schemas,
      headers: {
        RetryAfter: { description: "Seconds until it is worth trying again", schema: { type: "integer", minimum: 1 } },
      },
    },
  };
}

/** The same, where each schema with a title has moved to `schemas` and each field without words has those of its name. */
function named(value: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one) => named(one, schemas));
  if (typeof value !== "object" || value === null) return value;
  const copy: Schema = {};
  for (const [key, child] of Object.entries(value)) {
    copy[key] = key === "examples" || key === "example" ? child : named(child, schemas);
  }
  if (copy["properties"] !== undefined) copy["properties"] = explained(copy["properties"] as Record<string, Schema>);
  if (typeof copy["in"] === "string") copy["description"] ??= FIELDS[String(copy["name"])];
  const { title, ...schema } = copy;
  if (typeof title !== "string" || !("type" in copy)) return copy;
  const example = EXAMPLES[title];
  schemas[title] ??= example === undefined ? schema : { ...schema, examples: [example] };
  return { $ref: `#/components/schemas/${title}` };
}

function explained(properties: Record<string, Schema>): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const description = FIELDS[name];
      return [name, "description" in schema || description === undefined ? schema : { ...schema, description }];
    }),
  );
}
