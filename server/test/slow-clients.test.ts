import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { World } from "./support/world";

describe("a client that is slow on purpose", () => {
  let world: World;
  let origin: string;
  beforeAll(async () => {
    world = await World.open();
    origin = await world.listen();
  });
  afterAll(() => world.close());

  // How long it really takes is seen in soak/slow-clients.test.ts.
  test("has 8 s for the headers and 12 s for all, looked at each second", () => {
    const { headersTimeout, requestTimeout } = world.app.server;
    expect({ headersTimeout, requestTimeout }).toEqual({ headersTimeout: 8_000, requestTimeout: 12_000 });
    expect(world.app.server).toHaveProperty("connectionsCheckingInterval", 1_000);
  });

  test("may send 16 KiB of headers and no more", async () => {
    const send = async (bytes: number) => {
      const response = await fetch(`${origin}/healthz`, { headers: { "x-padding": "x".repeat(bytes) } });
      return response.status;
    };
    expect([await send(12 * 1024), await send(17 * 1024)]).toEqual([200, 431]);
  });
});
