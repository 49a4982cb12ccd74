import path from "node:path";
import { PHONE_FOLDER } from "../src/bundle";
import { startWorld } from "./world";

const authPort = Number(process.env["PORT"] ?? 4680);
const adminPort = Number(process.env["ADMIN_PORT"] ?? (authPort === 0 ? 0 : 4681));
const phonePort = Number(process.env["PHONE_PORT"] ?? 4690);

/** What `npm start` runs after building: prints the one address to open, ends everything on Ctrl-C. */
async function main(): Promise<void> {
  const world = await startWorld({ appletFolder: path.join(PHONE_FOLDER, "../dist"), authPort, adminPort, phonePort });
  process.stdout.write(
    `
  打开 / Open  ${world.address}
` +
      `  控制台 / Console  ${world.adminOrigin}/console
` +
      `  令牌 / Token  ${world.adminToken}

`,
  );
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
