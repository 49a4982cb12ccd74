import type { AccountReply, AccountRequest, Language } from "@app2wxapp/protocol";
import { networkOf } from "../http/client-address";
import { appletWith } from "../login/applet";
import { Refusal } from "../refusal";
import { hashHandle, newHandle } from "../secrets/handles";
import type { Services } from "../services";
import { insertAccountSession } from "../store/account-sessions";
import type { Transaction } from "../store/store";
import type { AccountSessionRow } from "../store/tables";
import type { WeChatIdentity } from "../wechat/wechat";
import { accountsOf } from "./account-view";
import { inWords } from "./cards";

/** Where a call comes from. */
export interface Origin {
  ip: string;
  language: Language;
  /** Minutes east of UTC. */
  utcOffset: number;
}

/** A handle is never extended. */
const SESSION_SECONDS = 600;

/**
 * Shows somebody their accounts with every pool of an applet, after WeChat has said who they are: one code, one look. Who
 * has none is answered the same, with an empty list. The handle opens nothing by itself: each change takes another code of
 * the same person.
 */
export async function openAccount(services: Services, request: AccountRequest, from: Origin): Promise<AccountReply> {
  const { store, wechat } = services;
  const { appId, code } = request;
  const applet = await store.read((tx) => appletWith(services, tx, appId));
  const person = await wechat.login(applet, code, networkOf(from.ip));
  const handle = newHandle();
  const outcome = await store.transaction(async (tx): Promise<AccountReply | Refusal> => {
    const limited = await limit(services, tx, appId, person);
    if (limited) return limited;
    const session: AccountSessionRow = {
      hash: hashHandle("account", handle),
      app_id: appId,
      person: personOf(appId, person),
      expires_at: tx.now + SESSION_SECONDS * 1000,
    };
    await tx.run(insertAccountSession, session);
    return replyTo(services, tx, handle, session, person, from);
  });
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/** Looking and changing count together; what is refused counts too, so the refusal is a value until the commit. */
export function limit(
  { limiter }: Services,
  tx: Transaction,
  appId: string,
  { openid }: WeChatIdentity,
): Promise<Refusal | undefined> {
  return limiter.take(tx, "account.person", `${appId}|${openid}`);
}

/** What is kept of the person: nothing that says who it is. */
export function personOf(appId: string, { openid }: WeChatIdentity): string {
  return hashHandle("person", `${appId}:${openid}`);
}

export async function replyTo(
  services: Services,
  tx: Transaction,
  handle: string,
  session: Pick<AccountSessionRow, "app_id" | "expires_at">,
  person: WeChatIdentity,
  { language, utcOffset }: Origin,
): Promise<AccountReply> {
  const { app_id: appId, expires_at: expiresAt } = session;
  const accounts = await accountsOf(services, tx, { appId, openid: person.openid }, language);
  return {
    account: handle,
    expiresIn: Math.ceil((expiresAt - tx.now) / 1000),
    accounts,
    ...inWords(accounts, language, utcOffset),
  };
}
