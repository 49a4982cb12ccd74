import type { FastifyRequest } from "fastify";
import { isIP } from "node:net";

/** Where a request came from. A trusted proxy may forward anything; what is no address is the proxy's own then. */
export function addressOf(request: FastifyRequest): string {
  return isIP(request.ip) === 0 ? (request.socket.remoteAddress ?? "") : request.ip;
}
