import type { FastifyBaseLogger, FastifyRequest, onRequestHookHandler } from "fastify";
import { isIP, isIPv4, SocketAddress } from "node:net";

/**
 * Where a request came from, as one spelling of each address. A trusted proxy may forward anything: a port and an IPv6 zone
 * are dropped, and what is no address then is the proxy's own.
 */
export function addressOf(request: FastifyRequest): string {
  return plainAddress(request.ip) ?? plainAddress(request.socket.remoteAddress ?? "") ?? "";
}

/** The address in `192.0.2.1:443`, `[2001:db8::1]:443`, `fe80::1%eth0`, `::ffff:192.0.2.1`; undefined when there is none. */
export function plainAddress(text: string): string | undefined {
  // Longer is no address, whatever stands in its zone.
  if (text.length > 100) return undefined;
  const [, bracketed, v4] = /^\[([^\]]*)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/.exec(text) ?? [];
  const [address = ""] = (bracketed ?? v4 ?? text).split("%");
  const version = isIP(address);
  if (version === 0) return undefined;
  if (version === 4) return address;
  const { address: canonical } = new SocketAddress({ address, family: "ipv6" });
  const mapped = /^::ffff:(.*)$/.exec(canonical)?.[1] ?? "";
  return isIPv4(mapped) ? mapped : canonical;
}

/**
 * Whose address it is, as far as limits go: of IPv6 the first 64 bits, since a household or a rented machine has at least
 * so many addresses (RFC 6177).
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const zeros = Array.from({ length: Math.max(8 - left.length - right.length, 0) }, () => "0");
  return `${[...left, ...zeros, ...right].slice(0, 4).join(":")}::/64`;
}

/** Says once that somebody forwards requests while no proxy is trusted: all clients then share the limits of one address. */
export function warnOfForwarding(log: FastifyBaseLogger): onRequestHookHandler {
  let warned = false;
  return (request, _reply, done) => {
    if (!warned && request.headers["x-forwarded-for"] !== undefined) {
      warned = true;
      const message =
        "a request was forwarded, but TRUST_PROXY is not set: everybody behind that proxy counts as one client";
      log.warn({ event: "proxy.untrusted" }, message);
    }
    done();
  };
}
