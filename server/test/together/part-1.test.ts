import { describe, jest } from "@jest/globals";
import path from "node:path";
import { parts } from "../../../test/setup/together";

describe.each(parts[1].map((file) => ({ file, name: path.basename(file, ".test.ts") })))("$name", ({ file }) => {
  jest.requireActual(file);
});
