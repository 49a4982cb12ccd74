import type { FastifyRequest } from "fastify";
import { Refusal } from "../refusal";
import { ID } from "../secrets/handles";
import { StoreUnavailable } from "../store/store";
import { addressOf } from "./client-address";

/** Where log lines go. */
export interface LogStream {
  write(line: string): void;
}

interface DescribedError {
  type: string;
  message: string;
  stack: string;
  [detail: string]: unknown;
}

/**
 * What is said of an error: its class, code and stack frames. The message only where it is our own fixed text, since
 * those of parsers and databases quote what they were given.
 */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: "", stack: "" };
  const { code, errcode, constraint, table } = error as Error & Record<string, unknown>;
  const own = error instanceof Refusal || error instanceof StoreUnavailable;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: own ? error.message : "",
    stack: own ? "" : frames.slice(0, 8).join("\n"),
    ...(error instanceof Refusal && { error: error.error, cause: describeCause(error.cause) }),
    code,
    errcode,
    constraint,
    table,
  };
}

/** A cause that is no error was put together by the server: fixed words and numbers. */
function describeCause(cause: unknown): unknown {
  return cause instanceof Error ? describeError(cause) : cause;
}

/** Errors of one kind say the same to a reader of the log. */
export function errorKind(error: unknown): string {
  return JSON.stringify(describeError(error));
}

/** Asked every few seconds by whatever watches the server; said at debug level only. */
export const PROBES: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** JSON lines without headers, bodies or queries, whoever logs them. */
export function loggerOptions(level: string, stream: LogStream | undefined) {
  return {
    level,
    base: null,
    serializers: { err: describeError, req: () => ({}), res: () => ({}) },
    ...(stream && { stream }),
  };
}

/**
 * The pattern of the route and not the address: a query can hold a ticket, and so can a path that somebody mistyped. Only
 * what looks like a pool id is told of it.
 */
export function describeRequest(request: FastifyRequest): Record<string, unknown> {
  const { userPoolId } = (request.params ?? {}) as { userPoolId?: unknown };
  const { url } = request.routeOptions;
  return {
    id: request.id,
    method: request.method,
    route: url ?? "none",
    ...(typeof userPoolId === "string" && ID.test(userPoolId) && { pool: userPoolId }),
    ip: addressOf(request),
  };
}
