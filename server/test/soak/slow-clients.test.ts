import { expect, test } from "@jest/globals";
import { once } from "node:events";
import net from "node:net";
import { World } from "../support/world";

test("a client that is slow on purpose is cut off, be it in the headers or in the body, within the time promised", async () => {
  const world = await World.open();
  const port = Number(new URL(await world.listen()).port);
  /** Sends the beginning of a request and how long the server bears it, in seconds. */
  const borne = async (beginning: string): Promise<number> => {
    const socket = net.connect(port, "127.0.0.1");
    const start = performance.now();
    socket.write(beginning);
    socket.resume();
    await once(socket, "close");
    return (performance.now() - start) / 1000;
  };
  const url = `/oauth/app2wxapp/auth/${world.pool.id}`;
  const [headers, body] = await Promise.all([
    borne(`POST ${url} HTTP/1.1\r\nhost: a\r\n`),
    borne(`POST ${url} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`),
  ]);
  expect(headers).toBeGreaterThan(5);
  expect(headers).toBeLessThan(11.5);
  expect(body).toBeGreaterThan(10);
  expect(body).toBeLessThan(16);
  await world.close();
});
