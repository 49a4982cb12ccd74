import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, jest } from "@jest/globals";

/** All of the applet's unit tests as one file: a mutant then loads the sources once, not once for each test file. */
const UNIT = path.resolve(__dirname, "../unit");
for (const topic of ["flow", "messages", "platform", "protocol", "services"]) {
  for (const file of fs.readdirSync(path.join(UNIT, topic))) {
    if (!file.endsWith(".test.ts")) continue;
    describe(`${topic}/${file}`, () => {
      afterAll(() => void jest.useRealTimers());
      require(path.join(UNIT, topic, file));
    });
  }
}
