import path from "node:path";
import { PHONE_FOLDER } from "../src/bundle";
import { forYourBackend } from "./for-your-backend";
import { optionsOf } from "./options";
import { startWorld } from "./world";

const authPort = Number(process.env["PORT"] ?? 4680);
const adminPort = Number(process.env["ADMIN_PORT"] ?? (authPort === 0 ? 0 : 4681));
const phonePort = Number(process.env["PHONE_PORT"] ?? 4690);

/** What `npm start` runs after building: prints the one address to open, ends everything on Ctrl-C. */
async function main(): Promise<void> {
  const { ownBackend, tokenAlgorithm } = optionsOf(process.argv.slice(2));
  const world = await startWorld({
    appletFolder: path.join(PHONE_FOLDER, "../dist"),
    authPort,
    adminPort,
    phonePort,
    pool: { tokenAlgorithm },
    ...(ownBackend !== undefined && { ownBackend }),
  });
  const { address, adminOrigin, adminToken } = world;
  process.stdout.write(`
  打开 / Open  ${address}
  控制台 / Console  ${adminOrigin}/console
  令牌 / Token  ${adminToken}

${forYourBackend(world, ownBackend)}

`);
  await new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, done);
  });
  await world.stop();
}

/** A taken port is the one failure a newcomer meets; it gets words instead of a stack. */
function explain(error: unknown): string {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  // The phone's own listener, or what the auth server, another process, says.
  const taken = /EADDRINUSE[^\n]*?:(\d+)|(?:ADMIN_)?PORT (\d+) is taken/.exec(message);
  if (!taken) return message;
  const port = taken[1] ?? taken[2];
  return `端口 ${port} 已被占用 / Port ${port} is taken: set PORT, ADMIN_PORT or PHONE_PORT to another one, as in  PORT=4780 ADMIN_PORT=4781 PHONE_PORT=4790 npm start`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
