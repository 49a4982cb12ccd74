import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openTestWorld, type TestWorld } from "../../../../phone/automation/test-world";
import type { Program } from "../backend-process";
import { describeBackend } from "../conformance";
import { SIGNED_IN_AND_OUT, signInFromPhone } from "../phone-login";
import { PROGRAMS } from "../programs";

/** Node's is tested by `npm test`. */
const OTHERS: Program[] = [PROGRAMS.Python, PROGRAMS.Go, PROGRAMS.PHP, PROGRAMS.Java];

for (const program of OTHERS) describeBackend(program);

describe("a newcomer signs in by the applet in the browser phone, with an app whose backend is in", () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openTestWorld();
  });
  afterAll(() => world.stop());

  test.each(OTHERS)("$name", async (program) => {
    expect(await signInFromPhone(program, world)).toEqual(SIGNED_IN_AND_OUT);
    expect(world.phone.complaints).toEqual([]);
  });
});
