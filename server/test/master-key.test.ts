import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createVault } from "../src/secrets/vault";
import { openStore } from "../src/startup/open-store";
import { resealAll } from "../src/store/resealing";
import { DIALECTS } from "./support/databases";
import { stranger, World, type Body } from "./support/world";

const FORMER = "the former master key, of 32 bytes and more";
const PRESENT = "the present master key, of 32 bytes and more";

describe.each(DIALECTS)("a master key that is replaced on %s", (dialect) => {
  let world: World;
  beforeEach(async () => (world = await World.open({ dialect, masterKey: FORMER })));
  afterEach(() => world.close());

  const opens = async (masterKey: string, former?: string): Promise<boolean> => {
    const opening = openStore(world.database.url, Date.now, createVault(masterKey, former));
    return opening.then(
      async (store) => store.close().then(() => true),
      (error: Error) => {
        expect(error.message).toContain("MASTER_KEY_FORMER");
        return false;
      },
    );
  };

  test("opens nothing alone, everything beside the former one, and everything alone once all is sealed again", async () => {
    const own = { wechatAppId: "wxown", wechatAppSecret: "the-pools-own-appsecret", tokenAlgorithm: "ES256" };
    const pools = [world.pool, await world.createPool(own), await world.createPool()];
    await world.changePool({ wechatAppId: null, wechatAppSecret: null }, pools[1]);
    const { token } = await world.login(stranger(), {}, world.pool);
    expect(await opens(PRESENT)).toBe(false);
    expect(await opens(PRESENT, FORMER)).toBe(true);
    // The other way round, for the others of a cluster that is not through with it.
    expect(await opens(FORMER, PRESENT)).toBe(true);

    const rotating = createVault(PRESENT, FORMER);
    expect(await resealAll(world.store, rotating)).toBe(pools.length);
    expect(await resealAll(world.store, rotating)).toBe(0);
    expect([await opens(PRESENT), await opens(FORMER)]).toEqual([true, false]);

    await world.restart(PRESENT);
    const introspection = await world.call("POST", `/oauth/introspect/${world.pool.id}`, {
      body: { token, secret: world.pool.secret },
    });
    expect(introspection.json<Body>()["active"]).toBe(true);
    for (const pool of pools) await world.login(stranger(), {}, pool);
  });

  test("leaves the former one needed while anything is still sealed under it", async () => {
    const rotating = createVault(PRESENT, FORMER);
    const broken = {
      ...rotating,
      reseal: (place: Parameters<typeof rotating.reseal>[0], sealed: string) => {
        if (place.purpose === "token-key") throw new Error("stopped here");
        return rotating.reseal(place, sealed);
      },
    };
    await expect(resealAll(world.store, broken)).rejects.toThrow("stopped here");
    expect(await opens(PRESENT)).toBe(false);
    expect(await opens(PRESENT, FORMER)).toBe(true);
  });

  test("while it is being replaced, logins go on and what is new is sealed under the present one", async () => {
    await world.restart(PRESENT, FORMER);
    await Promise.all([
      resealAll(world.store, world.vault),
      ...Array.from({ length: 10 }, () => world.login(stranger())),
    ]);
    await world.createPool();
    expect(await resealAll(world.store, world.vault)).toBe(0);
    expect(await opens(PRESENT)).toBe(true);
  });
});
