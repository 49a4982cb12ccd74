import { describe, jest } from "@jest/globals";
import { shareTestWorld } from "./hooks";

shareTestWorld();

describe.each(["login", "launch", "network", "phone-number", "return-to-app", "ticket-life", "steadiness"])(
  "%s",
  (chapter) => {
    jest.requireActual(`./chapters/${chapter}`);
  },
);
