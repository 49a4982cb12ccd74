import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { PageFile } from "../console/page";
import { CONSOLE_NOT_BUILT } from "../messages";
import { Refusal } from "../refusal";

/**
 * The page may load its own script and style sheet, ask its own server, and show images of others (logos); nothing else,
 * whatever a pool's name or a nickname holds. https://www.w3.org/TR/CSP3/
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src https: data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const HEADERS = {
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
};

/** Named by their content, they never change. */
const FOR_EVER = "public, max-age=31536000, immutable";

/** The operator's page, for every address below /console that is no file of it. */
export function consoleRoutes(files: ReadonlyMap<string, PageFile>): FastifyPluginAsync {
  const send = (request: FastifyRequest, reply: FastifyReply, name: string): FastifyReply => {
    const file = files.get(name);
    if (!file) throw new Refusal("server.unavailable", { message: CONSOLE_NOT_BUILT });
    reply
      .headers(HEADERS)
      .header("cache-control", name === "index.html" ? "no-cache" : FOR_EVER)
      .header("etag", file.etag)
      .header("vary", "accept-encoding")
      .type(file.type);
    if (request.headers["if-none-match"] === file.etag) return reply.code(304).send();
    const brotli = /\bbr\b/.test(request.headers["accept-encoding"] ?? "");
    return brotli ? reply.header("content-encoding", "br").send(file.brotli) : reply.send(file.plain);
  };
  return async (app) => {
    const hidden = { schema: { hide: true } };
    app.get("/", hidden, (_request, reply) => reply.redirect("/console"));
    app.get("/console", hidden, (request, reply) => send(request, reply, "index.html"));
    app.get<{ Params: { "*": string } }>("/console/*", hidden, (request, reply) => {
      const name = request.params["*"];
      if (files.has(name)) return send(request, reply, name);
      // A file of a former build: the page that asked for it is out of date, and HTML would not help it.
      if (/\.\w+$/.test(name)) throw new Refusal("request.invalid", { status: 404, detail: "no such address" });
      return send(request, reply, "index.html");
    });
  };
}
