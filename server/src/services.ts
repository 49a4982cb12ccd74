import type { Clock } from "./clock";
import type { Draining } from "./http/draining";
import type { Housekeeper } from "./housekeeping/housekeeper";
import type { Limiter } from "./limits/limiter";
import type { LoginRecords } from "./observability/login-records";
import type { Metrics } from "./observability/metrics";
import type { Vault } from "./secrets/vault";
import type { Pools } from "./store/pools";
import type { Store } from "./store/store";
import type { Signers } from "./tokens/signing-keys";
import type { Applet, WeChat } from "./wechat/wechat";

/** What the routes work with. */
export interface Services {
  store: Store;
  pools: Pools;
  signers: Signers;
  vault: Vault;
  wechat: WeChat;
  metrics: Metrics;
  /** For what this process remembers; what is stored is judged by the database's. */
  clock: Clock;
  draining: Draining;
  limiter: Limiter;
  records: LoginRecords;
  housekeeper: Housekeeper;
  /** The applet of pools that have none of their own. */
  sharedApplet: Applet | undefined;
  /** Begins the issuer of every token. */
  origin: () => string;
  /** Origins whose tokens are still this server's. */
  formerOrigins: readonly string[];
}
