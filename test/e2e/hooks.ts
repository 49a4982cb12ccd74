import { afterAll, afterEach, beforeAll, expect } from "@jest/globals";
import { openTestWorld, type TestWorld } from "../../phone/automation/test-world";
import type { TestPhone } from "../../phone/automation/test-phone";

/** The world of the file that runs, and its phone: from before the first test on. */
export let world: TestWorld;
export let phone: TestPhone;

/**
 * One world for the tests of a file and of its chapters: to start one takes longer than most of them. Whatever the phone
 * complains of fails the test it happened in.
 */
export function useTestWorld(appletFolder?: string): void {
  beforeAll(async () => {
    world = await openTestWorld(appletFolder);
    ({ phone } = world);
  });
  afterAll(() => world.stop());
  afterEach(() => expect(phone.complaints).toEqual([]));
}
