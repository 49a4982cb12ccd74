import type { UserRow } from "../store/tables";

/** A person in OpenID Connect's words (Core, section 5.1), with WeChat's two ids beside them. */
export interface PersonClaims {
  sub: string;
  name: string;
  picture?: string;
  /** E.164. */
  phone_number?: string;
  phone_number_verified?: boolean;
  openid?: string;
  unionid?: string;
}

/** What a client may be told of an account; what is not known is left out, as the standard wants it. */
export function personClaims(
  user: Pick<UserRow, "id" | "nickname" | "photo" | "unionid">,
  openid: string | undefined,
  phone: { number: string; verified: boolean } | null,
): PersonClaims {
  return {
    sub: user.id,
    name: user.nickname,
    ...(user.photo !== "" && { picture: user.photo }),
    ...(phone && { phone_number: phone.number, phone_number_verified: phone.verified }),
    ...(openid !== undefined && { openid }),
    ...(user.unionid !== null && { unionid: user.unionid }),
  };
}
