import { describe, jest } from "@jest/globals";
import { useTestWorld } from "./hooks";

useTestWorld();

describe.each([
  "login",
  "launch",
  "coming-and-going",
  "phone-number",
  "ticket-life",
  "return-to-app",
  "network",
  "steadiness",
  "accessibility",
])("%s", (chapter) => {
  jest.requireActual(`./chapters/${chapter}`);
});
