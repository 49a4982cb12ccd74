import type { FastifyInstance } from "fastify";
import type { SocketGuard } from "./socket-guard";

/** Whether the server is about to end: it then serves what still comes, and asks everybody to go elsewhere. */
export class Draining {
  #begun = false;

  get begun(): boolean {
    return this.#begun;
  }

  begin(): void {
    this.#begun = true;
  }
}

export interface Listener {
  app: FastifyInstance;
  guard: SocketGuard;
}

/** After this long no request is waited for any more: whoever started the process waits 30 s, as systemd and Kubernetes do. */
const MOST_MILLISECONDS = 20_000;

/**
 * Ends a listener. For a while it still accepts, since proxies send requests until they have noticed: over kept-alive
 * sockets, which each learn it from their next answer, and over new ones in place of those. That nobody is connected says
 * nothing: a proxy whose sockets were all closed opens the next one. Then it accepts nobody, and waits for the requests
 * under way. A client that sends or reads too slowly is cut off in the end.
 */
export async function drain(
  { app, guard }: Listener,
  acceptingMilliseconds: number,
  mostMilliseconds = MOST_MILLISECONDS,
): Promise<void> {
  const { server } = app;
  if (!server.listening) return app.close();
  const cutOff = setTimeout(() => guard.endAll(), mostMilliseconds);
  await new Promise((resolve) => setTimeout(resolve, acceptingMilliseconds));
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await closed;
  clearTimeout(cutOff);
  await app.close();
}
