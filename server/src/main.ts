import { buildServer } from "./app";
import { steadyClock } from "./clock";
import { drain } from "./http/draining";
import { describeError } from "./http/log";
import { LogOutput } from "./http/log-output";
import { LoginRecords } from "./observability/login-records";
import { Metrics } from "./observability/metrics";
import { createVault } from "./secrets/vault";
import { checkPooler } from "./startup/check-pooler";
import { openStore } from "./startup/open-store";
import { claimDatabase } from "./startup/sole-process";
import { readSettings, SettingsError, warningsOf } from "./startup/settings";
import { startProblem } from "./startup/start-problem";
import { onStop } from "./startup/stop";
import { resealAll } from "./store/resealing";
import { createWeChat } from "./wechat/client";

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const clock = steadyClock();
  const vault = createVault(settings.masterKey, settings.formerMasterKey);
  const named = (step: Parameters<typeof startProblem>[0]) => (error: unknown) => {
    const problem = startProblem(step, error, settings);
    throw problem === undefined ? error : new SettingsError([problem]);
  };
  const metrics = new Metrics();
  const release = await claimDatabase(settings.databaseUrl).catch(named("database"));
  await checkPooler(settings).catch(named("database"));
  const { databaseUrl, replicaUrl, connections } = settings;
  const use = { replicaUrl, connections, observer: metrics.database };
  const store = await openStore(databaseUrl, clock, vault, use).catch(named("database"));
  const records = new LoginRecords(store, clock);
  const wechat = createWeChat({
    origin: settings.wechatApiOrigin,
    store,
    vault,
    clock,
    observer(call) {
      metrics.wechat(call);
      records.wechat(call.appId, call.endpoint, call.outcome, call.milliseconds);
    },
  });
  const logStream = new LogOutput();
  const { open, admin, draining, housekeeper } = await buildServer({
    settings,
    store,
    vault,
    wechat,
    metrics,
    records,
    clock,
    logStream,
  });
  const { log } = open.app;
  metrics.watchProcess();

  onStop(async (signal) => {
    log.info({ event: "draining", signal }, "the auth server ends once the requests under way are answered");
    draining.begin();
    // Ctrl-C is of somebody at a terminal, who has no proxy that must notice.
    const acceptingSeconds = signal === "SIGTERM" ? settings.drainSeconds : 0;
    await Promise.all([drain(open, acceptingSeconds * 1000), drain(admin, 0)]);
    await housekeeper.stop();
    await wechat.close();
    await store.close();
    release();
  }, logStream);

  if (settings.formerMasterKey !== undefined) {
    resealAll(store, vault).then(
      (count) => log.info({ event: "master_key.rotated", count }, "nothing needs MASTER_KEY_FORMER any more"),
      (error: unknown) => log.error({ err: error }, "not everything is sealed under MASTER_KEY yet"),
    );
  }

  const { host, port, adminHost, adminPort } = settings;
  const adminOrigin = await admin.app.listen({ host: adminHost, port: adminPort }).catch(named("administration"));
  const origin = await open.app.listen({ host, port }).catch(named("listening"));
  for (const { event, message } of warningsOf(settings)) log.warn({ event }, message);
  housekeeper.start(log);
  log.info({ event: "listening", origin, adminOrigin, console: `${adminOrigin}/console` }, "the auth server is ready");
}

main().catch((error: unknown) => {
  // Before there is a logger. A problem of the settings names its variable, of values at most the port.
  const message = error instanceof SettingsError ? error.problems.join("\n") : JSON.stringify(describeError(error));
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
