import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** What a route answers with; `stream` keeps the connection open. */
export type HttpReply =
  | { status?: number; type: string; body: string | Uint8Array; cache?: boolean }
  | { stream(response: http.ServerResponse): void };

export interface HttpCall {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The parsed JSON of a POST. */
  body: unknown;
}

/** Undefined: not this route's call. */
export type Route = (call: HttpCall) => Promise<HttpReply | undefined> | HttpReply | undefined;

const MAX_BODY_BYTES = 1 << 20;

/**
 * The phone's HTTP server. It acts for whoever can call it, so it answers pages of its own origin only: another
 * site's page in the same browser, or a name that was made to point at loopback, gets 403.
 */
export function createHttpServer(routes: readonly Route[]) {
  const server = http.createServer((request, response) => void serve(request, response));

  async function serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const reply = await answer(request).catch((error: unknown) => text(500, String(error)));
    if ("stream" in reply) {
      reply.stream(response);
      return;
    }
    response.writeHead(reply.status ?? 200, {
      "content-type": reply.type,
      "cache-control": reply.cache ? "max-age=86400" : "no-store",
      "x-content-type-options": "nosniff",
    });
    response.end(reply.body);
  }

  async function answer(request: http.IncomingMessage): Promise<HttpReply> {
    const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { host, origin } = request.headers;
    if (host !== own && host !== own.replace("127.0.0.1", "localhost")) return text(403, "Forbidden");
    if (origin !== undefined && origin !== `http://${host}`) return text(403, "Forbidden");
    const url = new URL(request.url ?? "/", `http://${host}`);
    const method = request.method ?? "GET";
    const body = method === "POST" ? await jsonBody(request) : undefined;
    for (const route of routes) {
      const reply = await route({ method, path: url.pathname, query: url.searchParams, body });
      if (reply) return reply;
    }
    return text(404, "Not found");
  }

  return {
    /** Listens on loopback and gives the origin; fails with EADDRINUSE when the port is taken. */
    async start(port: number): Promise<string> {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async stop(): Promise<void> {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

export function text(status: number, body: string): HttpReply {
  return { status, type: "text/plain; charset=utf-8", body };
}

export function json(value: unknown): HttpReply {
  return { type: "application/json; charset=utf-8", body: JSON.stringify(value) };
}

async function jsonBody(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_BODY_BYTES) throw new RangeError("The body is too large");
    chunks.push(chunk as Buffer);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
