import { afterAll, afterEach, beforeAll, expect } from "@jest/globals";
import { openTestWorld, type TestWorld } from "../../phone/automation/test-world";
import { TestPhone } from "../../phone/automation/test-phone";

let shared: TestWorld | undefined;

/** One world for every chapter of a file: to start one takes longer than most of their tests. */
export function shareTestWorld(): void {
  beforeAll(async () => void (shared = await openTestWorld()));
  afterAll(() => shared?.stop());
}

/**
 * One world for the tests of a file, or a phone of its own for a chapter in the world that the file shares: `begin` is given
 * it before the first, it ends after the last, and whatever the phone complains of fails the test it happened in.
 */
export function useTestWorld(begin: (world: TestWorld) => void | Promise<void>, appletFolder?: string): void {
  let world: TestWorld;
  beforeAll(async () => {
    world = shared
      ? { ...shared, phone: await TestPhone.open(shared, shared.browser) }
      : await openTestWorld(appletFolder);
    await begin(world);
  });
  afterAll(() => (shared ? world.phone.page.context().close() : world.stop()));
  afterEach(() => expect(world.phone.complaints).toEqual([]));
}
