/** What is known of the person and of the accounts they might be, all within one pool. */
export interface LinkingFacts {
  /** WeChat's id of the person across the applets of one open platform account. */
  unionid: string | null;
  /** The account that has this unionid. */
  byUnionid: { id: string } | undefined;
  /** The account this applet's openid belongs to. */
  byOpenid: { id: string; unionid: string | null } | undefined;
  /** Accounts with the phone WeChat verified in this login that no WeChat identity has ever belonged to. */
  unlinkedByPhone: readonly { id: string }[];
  loginOnly: boolean;
}

/** Which account a login leads to. */
export type Linking =
  | {
      kind: "existing";
      userId: string;
      /** Where the openid belongs afterwards: it may be new to the account, or come from another one. */
      identity: "same" | "new" | "moved";
      /** The account learns this unionid, or another one than it had. */
      unionid: "same" | "learned" | "changed";
    }
  | { kind: "imported"; userId: string }
  | { kind: "new" }
  | { kind: "closed" };

/**
 * Decides which account a login leads to: the one with the same unionid; else the one with the same openid; else an
 * imported one with the same verified phone; else a new one, unless the pool takes no new ones.
 *
 * A phone never leads to an account that has a WeChat identity: numbers are recycled, and their new owner must not get
 * the former owner's account. Nor does it where two imported accounts share it, since nobody can say which is meant.
 */
export function linkAccount(facts: LinkingFacts): Linking {
  const { unionid, byUnionid, byOpenid, unlinkedByPhone } = facts;
  if (byUnionid) {
    const identity = !byOpenid ? "new" : byOpenid.id === byUnionid.id ? "same" : "moved";
    return { kind: "existing", userId: byUnionid.id, identity, unionid: "same" };
  }
  if (byOpenid) {
    const same = unionid === null || unionid === byOpenid.unionid;
    const learned = byOpenid.unionid === null ? "learned" : "changed";
    return { kind: "existing", userId: byOpenid.id, identity: "same", unionid: same ? "same" : learned };
  }
  const [imported] = unlinkedByPhone;
  if (imported && unlinkedByPhone.length === 1) return { kind: "imported", userId: imported.id };
  return facts.loginOnly ? { kind: "closed" } : { kind: "new" };
}
