import { buildApp } from "./app";
import { steadyClock } from "./clock";
import { createVault } from "./secrets/vault";
import { readSettings, SettingsError } from "./settings";
import { openStore } from "./store/open-store";
import { purgeExpired } from "./store/purge";
import { createWeChat } from "./wechat/client";
import { describeError } from "./log";

const PURGE_MILLISECONDS = 60_000;

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const clock = steadyClock();
  const vault = createVault(settings.masterKey);
  const store = await openStore(settings.databaseUrl, clock, vault);
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

  const origin = await app.listen({ host: settings.host, port: settings.port });
  if (settings.publicOrigin === undefined && !/^(127\.|::1$|localhost$)/.test(settings.host)) {
    app.log.warn(
      { event: "issuer.local" },
      "PUBLIC_ORIGIN is not set: tokens name this machine's own address as their issuer",
    );
  }
  app.log.info({ event: "listening", origin }, "the auth server is ready");
}

main().catch((error: unknown) => {
  // Before there is a logger. A settings problem names its variable, never its value.
  const message = error instanceof SettingsError ? error.problems.join("\n") : JSON.stringify(describeError(error));
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
