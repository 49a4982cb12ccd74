import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { PHONE_FOLDER } from "../../phone/src/bundle";

/** What `npm start` runs after it has built everything, on free ports unless told otherwise. */
export function startDemo(
  ports: { PORT?: string; ADMIN_PORT?: string; PHONE_PORT?: string } = {},
  args: string[] = [],
) {
  const child = spawn(process.execPath, [path.join(PHONE_FOLDER, "dist/demo/main.js"), ...args], {
    env: { ...process.env, PORT: "0", PHONE_PORT: "0", ...ports },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let complained = "";
  child.stderr.on("data", (chunk: Buffer) => (complained += chunk.toString("utf8")));
  const ended = new Promise<number | null>((done) => {
    child.once("close", done);
  });
  const address = new Promise<string>((done) => {
    createInterface(child.stdout).on("line", (line) => {
      said += `${line}\n`;
      // The last thing it says comes in one piece with the first.
      const found = /Open {2}(http:\/\/\S+)/.exec(said);
      if (found) setImmediate(() => done(found[1]!));
    });
  });
  return {
    address,
    ended,
    said: () => said,
    complaint: () => complained,
    /** As Ctrl-C does; of a demo that was killed, the auth server would stay behind. */
    async stop() {
      child.kill("SIGINT");
      return ended;
    },
    /** The settings it prints for a backend, as its environment. */
    settings: () =>
      Object.fromEntries([...said.matchAll(/^([A-Z_]+)=(.+)$/gm)].map(([, name, value]) => [name!, value!])),
  };
}
