import { once } from "node:events";
import type http from "node:http";
import net, { type AddressInfo } from "node:net";

/** Listens on a free port that nobody else can reach, and gives the origin. */
export async function listen(server: net.Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Ends a server with all who are connected. */
export async function end(server: http.Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}

/** Where a program may listen that cannot choose for itself. */
export async function freePort(): Promise<number> {
  const probe = net.createServer();
  const { port } = new URL(await listen(probe));
  probe.close();
  await once(probe, "close");
  return Number(port);
}
