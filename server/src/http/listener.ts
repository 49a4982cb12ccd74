import formbody from "@fastify/formbody";
import { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { Socket } from "node:net";
import type { ServerErrorCode } from "@app2wxapp/protocol";
import Fastify, { LogController, type FastifyError, type FastifyInstance, type FastifyReply } from "fastify";
import type { Metrics } from "../observability/metrics";
import { describeInterface, type Interface } from "../openapi/document";
import { Refusal } from "../refusal";
import type { Settings } from "../startup/settings";
import { StoreUnavailable } from "../store/store";
import { warnOfForwarding } from "./client-address";
import type { Draining, Listener } from "./draining";
import { languageOf } from "./language";
import { describeRequest, errorKind, loggerOptions, PROBES, type LogStream } from "./log";
import { oauthReply } from "./oauth-refusal";
import { RepeatedErrors } from "./repeated-errors";
import { SCHEMA_COMPILERS } from "./schema-compilers";
import { SocketGuard } from "./socket-guard";

declare module "fastify" {
  interface FastifyRequest {
    /** What the request was refused with, whatever its answer looks like. */
    refusedAs: ServerErrorCode | null;
  }
}

interface ListenerOptions {
  settings: Pick<Settings, "trustProxy" | "logLevel">;
  about: Interface;
  metrics: Metrics;
  draining: Draining;
  /** Missing: standard output. */
  logStream: LogStream | undefined;
}

const BODY_BYTES = 8 * 1024;
const HEADER_BYTES = 16 * 1024;

/** A listener without routes: what it bears of clients, how it refuses, and what it says of each request. */
export async function createListener(options: ListenerOptions): Promise<Listener> {
  const { settings, metrics, draining } = options;
  const guard = new SocketGuard();
  const app = Fastify({
    logger: loggerOptions(settings.logLevel, options.logStream),
    // The request's id is in the lines that need it; a logger of its own for each request costs more than the lines.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: trustOf(settings.trustProxy),
    bodyLimit: BODY_BYTES,
    // Addresses that the router cannot read never come to the error handler.
    frameworkErrors: (_error, _request, reply) => void refuse(reply as FastifyReply, new Refusal("request.invalid")),
    clientErrorHandler: refuseUnreadable,
    // Unknown and prototype keys are dropped, since a newer client may send more; nothing is bent into another type.
    onProtoPoisoning: "remove",
    onConstructorPoisoning: "remove",
    schemaController: { compilersFactory: SCHEMA_COMPILERS },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: "all", useDefaults: false } },
    // Who still comes while the server ends is served like everybody else.
    return503OnClosing: false,
    serverFactory: (handler) => {
      const server = createServer(
        {
          // A slow client is cut off after this long, looked at each second.
          headersTimeout: 8_000,
          requestTimeout: 12_000,
          keepAliveTimeout: 60_000,
          connectionsCheckingInterval: 1_000,
          maxHeaderSize: HEADER_BYTES,
        },
        (request, response) => {
          if (guard.admits(request, response)) handler(request, response);
        },
      );
      server.maxConnections = 20_000;
      guard.watch(server);
      return server;
    },
  }).withTypeProvider<TypeBoxTypeProvider>();

  const repeated = new RepeatedErrors();
  app.decorateRequest("refusedAs", null);
  if (settings.trustProxy === false) app.addHook("onRequest", warnOfForwarding(app.log));
  app.addHook("onRequest", (request, reply, done) => {
    // Nearly every answer holds a secret or tells of a person; those that may be kept say so themselves. And whatever
    // text somebody put into one, no browser takes it for a page.
    reply
      .header("cache-control", "no-store")
      .header("x-content-type-options", "nosniff")
      .header("x-request-id", request.id);
    done();
  });
  app.addHook("onSend", (_request, reply, _payload, done) => {
    if (draining.begun) reply.header("connection", "close");
    done();
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.status >= 500) {
      const keptBack = repeated.keptBack(`${request.routeOptions.url} ${errorKind(error)}`);
      if (keptBack !== undefined) {
        request.log.error(
          { request: describeRequest(request), err: error, ...(keptBack > 0 && { keptBack }) },
          "request failed",
        );
      }
    }
    return refuse(reply, refusal);
  });
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, new Refusal("request.invalid", { status: 404, detail: "no such address" })),
  );
  app.addHook("onResponse", (request, reply, done) => {
    const { url = "none" } = request.routeOptions;
    const error = request.refusedAs;
    metrics.answered(request.method, url, reply.statusCode, error, reply.elapsedTime);
    request.log[PROBES.has(url) ? "debug" : "info"](
      {
        request: describeRequest(request),
        status: reply.statusCode,
        ...(error !== null && { error }),
        milliseconds: Math.round(reply.elapsedTime),
      },
      "request completed",
    );
    done();
  });
  acceptEmptyJson(app);

  await app.register(formbody, { bodyLimit: BODY_BYTES });
  await describeInterface(app, options.about);
  return { app, guard };
}

/** A client that always names JSON as its type may send nothing where nothing is needed. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("remove", "remove");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, body, done) =>
    body === "" ? done(null) : void parse(request, body, done),
  );
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { request } = reply;
  request.refusedAs = refusal.error;
  // An address that could not be read comes here past the hooks.
  reply.header("x-request-id", request.id).header("cache-control", "no-store");
  if (refusal.retryAfterSeconds !== undefined) reply.header("retry-after", String(refusal.retryAfterSeconds));
  if (request.routeOptions.config.oauthErrors === true) {
    const { status, body } = oauthReply(refusal, request.id);
    return reply.code(status).send(body);
  }
  return reply.code(refusal.status).send(refusal.reply(request.id, languageOf(request)));
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

/** What is no HTTP, or took too long to become it, is refused in the same shape as everything else. */
function refuseUnreadable({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const status = code === "HPE_HEADER_OVERFLOW" ? 431 : code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
  const refusal = new Refusal(status === 431 ? "request.too_large" : "request.invalid", { status });
  const id = randomUUID();
  const body = JSON.stringify(refusal.reply(id, "zh-CN"));
  socket.write(
    `HTTP/1.1 ${status} ${status === 431 ? "Request Header Fields Too Large" : status === 408 ? "Request Timeout" : "Bad Request"}\r\n` +
      `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `x-request-id: ${id}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n${body}`,
  );
  socket.destroySoon();
}

/** Fastify trusts nobody when given a number: it cannot know who connects. An operator who names hops answers for that. */
function trustOf(setting: Settings["trustProxy"]): string[] | false | ((address: string, hop: number) => boolean) {
  return typeof setting === "number" ? (_address, hop) => hop < setting : setting;
}
