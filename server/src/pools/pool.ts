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
  /** The key new tokens are signed with, unless the next one is due. */
  kid: string;
  /** The key that is announced, if one is, and when it begins to sign. */
  nextKid: string | null;
  nextKeySignsAt: number | null;
  createdAt: number;
  updatedAt: number;
}
