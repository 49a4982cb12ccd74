import path from "node:path";
import type { Program } from "./backend-process";

const at = (...names: string[]) => path.resolve(__dirname, "..", ...names);

/** How the backends are compiled and started, as their READMEs say. */
export const PROGRAMS = {
  Node: { name: "Node", command: () => [process.execPath, at("node/dist/main.js")] },
  Python: {
    name: "Python",
    // Debian's packages belong to Debian's interpreter.
    command: (port) =>
      `/usr/bin/python3 -m uvicorn --no-access-log --app-dir ${at("python")} main:app --port ${port}`.split(" "),
  },
} satisfies Record<string, Program>;
