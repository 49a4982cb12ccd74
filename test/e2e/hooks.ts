import { afterAll, afterEach, beforeAll, expect } from "@jest/globals";
import { openTestWorld, type TestWorld } from "../../phone/automation/test-world";

/**
 * One world for the tests of a file: `begin` is given it before the first, it ends after the last, and whatever the phone
 * complains of fails the test it happened in.
 */
export function useTestWorld(begin: (world: TestWorld) => void | Promise<void>, appletFolder?: string): void {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openTestWorld(appletFolder);
    await begin(world);
  });
  afterAll(() => world.stop());
  afterEach(() => expect(world.phone.complaints).toEqual([]));
}
