import type { FastifyInstance } from "fastify";
import { steadyClock, type Clock } from "./clock";
import type { LogStream } from "./http/log";
import { readPage } from "./console/page";
import { ignoreAbsentFields } from "./http/absent-fields";
import { Draining, type Listener } from "./http/draining";
import { createListener } from "./http/listener";
import { Housekeeper } from "./housekeeping/housekeeper";
import { countFailures } from "./limits/failures";
import { Limiter } from "./limits/limiter";
import { LoginRecords } from "./observability/login-records";
import { Metrics } from "./observability/metrics";
import { ADMINISTRATION, OPEN } from "./openapi/interfaces";
import { accountRoutes } from "./routes/account";
import { adminRoutes } from "./routes/admin";
import type { ConsoleSettings } from "./routes/admin-surroundings";
import { consoleRoutes } from "./routes/console";
import { askForSecret } from "./routes/client-authentication";
import { discoveryRoutes } from "./routes/discovery";
import { exchangeRoutes } from "./routes/exchange";
import { healthRoutes } from "./routes/health";
import { loginRoutes } from "./routes/login";
import { metricsRoutes } from "./routes/metrics";
import { oauthTokenRoutes } from "./routes/oauth-token";
import { tokenRoutes } from "./routes/tokens";
import { userinfoRoutes } from "./routes/userinfo";
import { userRoutes } from "./routes/users";
import type { Vault } from "./secrets/vault";
import type { Services } from "./services";
import { LOGIN_EVENT_DAYS, type Settings } from "./startup/settings";
import { Pools } from "./store/pools";
import type { Store } from "./store/store";
import { Signers } from "./tokens/signing-keys";
import type { WeChat } from "./wechat/wechat";

interface Parts {
  settings: Pick<Settings, "sharedApplet" | "admins" | "trustProxy" | "logLevel" | "publicOrigin" | "formerOrigins"> &
    ConsoleSettings &
    Partial<Pick<Settings, "loginEventDays">>;
  store: Store;
  vault: Vault;
  wechat: WeChat;
  metrics?: Metrics;
  records?: LoginRecords;
  clock?: Clock;
  /** Missing: standard output. */
  logStream?: LogStream;
}

/** The auth server's two listeners. */
export interface AuthServer {
  /** For applets and backends: everybody reaches it. */
  open: Listener;
  /** For operators: administration, its console and the metrics. No address of it leads anywhere on the other one. */
  admin: Listener;
  draining: Draining;
  housekeeper: Housekeeper;
  records: LoginRecords;
}

/** The auth server without a socket; only main.ts makes it listen. Closing its listeners closes neither store nor WeChat client. */
export async function buildServer(parts: Parts): Promise<AuthServer> {
  const { settings, store, vault, wechat, logStream, metrics = new Metrics(), clock = steadyClock() } = parts;
  const { records = new LoginRecords(store, clock) } = parts;
  const { loginEventDays = LOGIN_EVENT_DAYS } = settings;
  const housekeeper = new Housekeeper(store, records, metrics, clock, { loginEventDays });
  metrics.watch(wechat, records);
  const draining = new Draining();
  const shared = { settings, metrics, draining, logStream };
  const { publicOrigin, formerOrigins } = settings;
  const open = await createListener({ ...shared, about: { ...OPEN, origin: publicOrigin } });
  const admin = await createListener({ ...shared, about: ADMINISTRATION });

  const services: Services = {
    store,
    vault,
    wechat,
    metrics,
    clock,
    draining,
    limiter: new Limiter(store, vault, clock),
    records,
    housekeeper,
    pools: new Pools(clock),
    signers: new Signers(vault),
    sharedApplet: settings.sharedApplet,
    origin: publicOrigin === undefined ? listeningOrigin(open.app.server) : () => publicOrigin,
    formerOrigins,
  };
  ignoreAbsentFields(open.app);
  await open.app.register(loginRoutes(services));
  await open.app.register(accountRoutes(services));
  await open.app.register(async (withSecret) => {
    countFailures(withSecret, services.limiter, "secret.failures", "client.unauthorized");
    askForSecret(withSecret);
    await withSecret.register(exchangeRoutes(services));
    await withSecret.register(oauthTokenRoutes(services));
    await withSecret.register(tokenRoutes(services));
    await withSecret.register(userRoutes(services));
  });
  await open.app.register(userinfoRoutes(services));
  await open.app.register(discoveryRoutes(services));
  await open.app.register(healthRoutes(services));
  await open.app.ready();

  await admin.app.register(adminRoutes(services, settings));
  await admin.app.register(consoleRoutes(readPage()));
  await admin.app.register(metricsRoutes(metrics));
  await admin.app.ready();
  return { open, admin, draining, housekeeper, records };
}

/** The address the server listens on; asked once, since asking takes a system call and every token needs it. */
function listeningOrigin(server: FastifyInstance["server"]): () => string {
  let origin: string | undefined;
  return () => {
    if (origin !== undefined) return origin;
    const address = server.address();
    if (address === null || typeof address === "string") return "http://127.0.0.1";
    const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
    origin = `http://${host}:${address.port}`;
    return origin;
  };
}
