import { describe, jest } from "@jest/globals";
import path from "node:path";
import { parts } from "../../../test/setup/together";

/** The tests of a part's files, under the name of each. */
export function describePart(part: 0 | 1 | 2): void {
  const files = parts[part].map((file) => ({ file, name: path.basename(file, ".test.ts") }));
  describe.each(files)("$name", ({ file }) => {
    jest.requireActual(file);
  });
}
