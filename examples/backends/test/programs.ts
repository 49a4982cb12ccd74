import path from "node:path";
import type { Program } from "./backend-process";

/** How the backends are started, as their READMEs say. */
export const PROGRAMS = {
  Node: { name: "Node", command: () => [process.execPath, path.resolve(__dirname, "../node/dist/main.js")] },
} satisfies Record<string, Program>;
