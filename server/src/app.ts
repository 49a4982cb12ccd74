import formbody from "@fastify/formbody";
import swagger from "@fastify/swagger";
import { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { randomUUID } from "node:crypto";
import Fastify, { LogController, type FastifyError, type FastifyInstance, type FastifyReply } from "fastify";
import { describeRequest, loggerOptions, type LogStream } from "./http/log";
import { Metrics } from "./http/metrics";
import { Refusal } from "./refusal";
import { adminRoutes } from "./routes/admin";
import { exchangeRoutes } from "./routes/exchange";
import { healthRoutes } from "./routes/health";
import { loginRoutes } from "./routes/login";
import { tokenRoutes } from "./routes/tokens";
import { userRoutes } from "./routes/users";
import { REFUSALS } from "./routes/wire-schemas";
import type { Vault } from "./secrets/vault";
import type { Services } from "./services";
import type { Settings } from "./startup/settings";
import { Pools } from "./store/pools";
import { StoreUnavailable, type Store } from "./store/store";
import { Signers } from "./tokens/signing-keys";
import type { WeChat } from "./wechat/wechat";

interface Parts {
  settings: Pick<Settings, "sharedApplet" | "admins" | "trustProxy" | "logLevel" | "publicOrigin">;
  store: Store;
  vault: Vault;
  wechat: WeChat;
  /** Missing: standard output. */
  logStream?: LogStream;
}

const BODY_BYTES = 8 * 1024;
const HEADER_BYTES = 16 * 1024;

/** The auth server without a socket; only main.ts makes it listen. Closing it closes neither store nor WeChat client. */
export async function buildApp(parts: Parts): Promise<FastifyInstance> {
  const { settings, store, vault, wechat } = parts;
  const app = Fastify({
    logger: loggerOptions(settings.logLevel, parts.logStream),
    // The request's id is in the lines that need it; a logger of its own for each request costs more than the lines.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: trustOf(settings.trustProxy),
    bodyLimit: BODY_BYTES,
    // Addresses that the router cannot read never come to the error handler.
    frameworkErrors: (_error, _request, reply) => void refuse(reply as FastifyReply, new Refusal("request.invalid")),
    // Unknown and prototype keys are dropped; nothing is bent into another type.
    onProtoPoisoning: "remove",
    onConstructorPoisoning: "remove",
    ajv: { customOptions: { coerceTypes: false, removeAdditional: true, useDefaults: false } },
    // A slow client is cut off after this long, looked at each second.
    requestTimeout: 12_000,
    keepAliveTimeout: 60_000,
    http: { headersTimeout: 8_000, connectionsCheckingInterval: 1_000, maxHeaderSize: HEADER_BYTES },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.server.maxConnections = 20_000;

  const { publicOrigin } = settings;
  const metrics = new Metrics();
  const services: Services = {
    store,
    vault,
    wechat,
    metrics,
    pools: new Pools(),
    signers: new Signers(vault),
    sharedApplet: settings.sharedApplet,
    origin: publicOrigin === undefined ? listeningOrigin(app.server) : () => publicOrigin,
  };

  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.status >= 500) request.log.error({ request: describeRequest(request), err: error }, "request failed");
    return refuse(reply, refusal);
  });
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, new Refusal("request.invalid", { status: 404, detail: "no such address" })),
  );
  app.addHook("onResponse", async (request, reply) => {
    const { url = "none" } = request.routeOptions;
    metrics.count(request.method, url, reply.statusCode, reply.elapsedTime);
    request.log.info(
      { request: describeRequest(request), status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime) },
      "request completed",
    );
  });

  await app.register(formbody, { bodyLimit: BODY_BYTES });
  await app.register(swagger, {
    transform: ({ schema, url }) => ({
      schema: { ...schema, response: { ...(schema.response as object), ...REFUSALS } },
      url,
    }),
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "app2wxapp auth server",
        version: "1",
        description: "Sign in to a mobile app through a WeChat mini program.",
      },
      components: {
        securitySchemes: {
          poolSecret: { type: "http", scheme: "bearer", description: "The pool secret" },
          adminToken: { type: "http", scheme: "bearer", description: "A token of ADMIN_TOKENS" },
        },
      },
    },
  });
  await app.register(loginRoutes(services));
  await app.register(exchangeRoutes(services));
  await app.register(tokenRoutes(services));
  await app.register(userRoutes(services));
  await app.register(healthRoutes(services));
  await app.register(adminRoutes(services, settings.admins));
  await app.ready();
  return app;
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.retryAfterSeconds !== undefined) reply.header("retry-after", String(refusal.retryAfterSeconds));
  return reply.code(refusal.status).send(refusal.reply(reply.request.id));
}

/** What a client is told of any error. */
function refusalOf(error: FastifyError): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreUnavailable) return new Refusal("server.unavailable", { retryAfterSeconds: 1 });
  if (error.statusCode === 413) return new Refusal("request.too_large");
  // The validator's message names fields and rules; those of parsers may quote the body.
  if (error.validation) return new Refusal("request.invalid", { detail: error.message });
  if (error.code === "FST_ERR_CTP_INVALID_JSON_BODY") {
    return new Refusal("request.invalid", { detail: "the body is not JSON" });
  }
  if (error.statusCode !== undefined && error.statusCode < 500) return new Refusal("request.invalid");
  return new Refusal("server.unexpected");
}

/** Fastify trusts nobody when given a number: it cannot know who connects. An operator who names hops answers for that. */
function trustOf(setting: Settings["trustProxy"]): string[] | false | ((address: string, hop: number) => boolean) {
  return typeof setting === "number" ? (_address, hop) => hop < setting : setting;
}

/** The address the server listens on; asked once, since asking takes a system call and every token needs it. */
function listeningOrigin(server: FastifyInstance["server"]): () => string {
  let origin: string | undefined;
  return () => {
    if (origin !== undefined) return origin;
    const address = server.address();
    if (address === null || typeof address === "string") return "http://127.0.0.1";
    const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
    origin = `http://${host}:${address.port}`;
    return origin;
  };
}
