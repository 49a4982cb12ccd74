import { buildApp } from "./app";
import { steadyClock } from "./clock";
import { createVault } from "./secrets/vault";
import { readSettings, SettingsError, warningsOf } from "./startup/settings";
import { startProblem } from "./startup/start-problem";
import { openStore } from "./startup/open-store";
import { purgeExpired } from "./store/purge";
import { createWeChat } from "./wechat/client";
import { describeError } from "./http/log";

const PURGE_MILLISECONDS = 60_000;

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const clock = steadyClock();
  const vault = createVault(settings.masterKey);
  const named = (step: "database" | "listening") => (error: unknown) => {
    const problem = startProblem(step, error, settings);
    throw problem === undefined ? error : new SettingsError([problem]);
  };
  const store = await openStore(settings.databaseUrl, clock, vault).catch(named("database"));
  const wechat = createWeChat({ origin: settings.wechatApiOrigin, store, vault, clock });
  const app = await buildApp({ settings, store, vault, wechat });

  const purge = setInterval(() => {
    purgeExpired(store).catch((error: unknown) => app.log.error({ err: error }, "expired rows were not deleted"));
    if (Math.abs(Date.now() - clock()) > PURGE_MILLISECONDS) {
      app.log.warn(
        { event: "clock.stepped" },
        "the wall clock was set; this process keeps its own until it is restarted",
      );
    }
  }, PURGE_MILLISECONDS);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    clearInterval(purge);
    await app.close();
    await wechat.close();
    await store.close();
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());

  const origin = await app.listen({ host: settings.host, port: settings.port }).catch(named("listening"));
  for (const { event, message } of warningsOf(settings)) app.log.warn({ event }, message);
  app.log.info({ event: "listening", origin }, "the auth server is ready");
}

main().catch((error: unknown) => {
  // Before there is a logger. A problem of the settings names its variable, of values at most the port.
  const message = error instanceof SettingsError ? error.problems.join("\n") : JSON.stringify(describeError(error));
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
