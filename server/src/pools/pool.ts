import type { PoolSettings } from "./pool-settings";

export type TokenAlgorithm = PoolSettings["tokenAlgorithm"];

/** A user pool: one product's users and the rules of their login. */
export interface Pool extends PoolSettings {
  id: string;
  /** Names this state of the pool; another one after every change. */
  revision: string;
  /** Sealed; see {@link appletOf}. */
  wechatAppSecret: string | null;
  secretHash: string;
  /** The key new tokens are signed with. */
  kid: string;
  createdAt: number;
  updatedAt: number;
}
