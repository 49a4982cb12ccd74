import type { UserRow } from "../store/tables";
import { asReference } from "./phone-number";

/** The reference's user object, field by field. */
export interface UserObject {
  _id: string;
  username: string;
  nickname: string;
  company: string;
  photo: string;
  emailVerified: boolean;
  loginsCount: number;
  registerMethod: string;
  blocked: boolean;
  isDeleted: boolean;
  /** JSON as text. */
  oauth: string;
  /** JSON as text. */
  metadata: string;
  /** Empty when the applet is not bound to an open platform account. */
  unionid: string;
  openid: string;
  lastIP: string;
  lastLogin: string;
  signedUp: string;
  phone: string | null;
}

/**
 * An account as a backend sees it. `verifiedPhone` is what this login asked for and may be told, or null; a Chinese one is
 * shown as the reference shows it. WeChat has told servers neither gender nor place nor avatar since 2022, and nothing is
 * taken from the client, so these are empty.
 */
export function userObject(user: UserRow, openid: string, verifiedPhone: string | null): UserObject {
  const phone = verifiedPhone === null ? null : asReference(verifiedPhone);
  const unionid = user.unionid ?? "";
  return {
    emailVerified: false,
    username: user.nickname,
    nickname: user.nickname,
    company: "",
    photo: user.photo,
    loginsCount: user.logins_count,
    registerMethod: user.register_method,
    blocked: user.blocked === 1,
    isDeleted: false,
    oauth: JSON.stringify({
      nickName: user.nickname,
      gender: 0,
      language: "",
      city: "",
      province: "",
      country: "",
      avatarUrl: user.photo,
      phone,
      openid,
      unionid,
    }),
    metadata: '""',
    _id: user.id,
    unionid,
    openid,
    lastIP: user.last_ip ?? "",
    lastLogin: new Date(user.last_login_at ?? user.created_at).toISOString(),
    signedUp: new Date(user.created_at).toISOString(),
    phone,
  };
}
