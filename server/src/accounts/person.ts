import { hashHandle } from "../secrets/handles";

/** What is kept of an openid or unionid in place of itself, within one pool. */
export function personHash(poolId: string, id: { appId: string; openid: string } | { unionid: string }): string {
  const name = "unionid" in id ? `unionid:${id.unionid}` : `openid:${id.appId}:${id.openid}`;
  return hashHandle("person", `${poolId}:${name}`);
}
