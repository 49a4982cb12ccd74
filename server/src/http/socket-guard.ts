import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Requests of one socket that may wait for their answers at once; browsers and proxies send one. */
export const MOST_OPEN = 16;
/** How long an answer may lie unread. */
export const UNREAD_MILLISECONDS = 15_000;
const SWEEP_MILLISECONDS = 1000;

/** Answers that were not taken yet, with the time since when each has been whole; undefined while it is being made. */
type OpenAnswers = Map<ServerResponse, number | undefined>;

/**
 * Ends sockets of clients that ask and do not read: Node parses as many pipelined requests as one read brings, and keeps
 * each answer until it is taken, without a limit in number or in time.
 */
export class SocketGuard {
  readonly #sockets = new Map<Socket, OpenAnswers>();

  /** Whether a request may be served. When not, its socket is gone. */
  admits({ socket }: IncomingMessage, response: ServerResponse): boolean {
    // Requests of the same read still arrive after the socket was ended.
    if (socket.destroyed) return false;
    // Only a request that was injected comes without a connection.
    const open = this.#sockets.get(socket);
    if (!open) return true;
    if (open.size >= MOST_OPEN) {
      socket.destroy();
      return false;
    }
    open.set(response, undefined);
    response.once("close", () => open.delete(response));
    return true;
  }

  /** Watches the sockets of a server from now until it is closed and the last one has ended. */
  watch(server: Server): void {
    server.on("connection", (socket: Socket) => {
      this.#sockets.set(socket, new Map());
      socket.once("close", () => this.#sockets.delete(socket));
    });
    // Node would answer an expectation that it does not know itself, past this guard; a server may as well ignore it (RFC
    // 9110, section 10.1.1).
    server.on("checkExpectation", (request, response) => server.emit("request", request, response));
    let sweeping: NodeJS.Timeout | undefined;
    server.on("listening", () => (sweeping = setInterval(() => this.sweep(performance.now()), SWEEP_MILLISECONDS)));
    server.on("close", () => clearInterval(sweeping));
  }

  /** Ends sockets whose answers lie unread for too long at this time, by the monotonic clock. */
  sweep(now: number): void {
    for (const [socket, open] of this.#sockets) {
      for (const [response, since] of open) {
        if (!response.writableEnded) continue;
        if (since === undefined) open.set(response, now);
        else if (now - since >= UNREAD_MILLISECONDS) socket.destroy();
      }
    }
  }

  endAll(): void {
    for (const socket of this.#sockets.keys()) socket.destroy();
  }
}
