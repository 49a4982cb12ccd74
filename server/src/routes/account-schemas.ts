import { Type } from "@fastify/type-provider-typebox";
import { ACCOUNT_CHANGES, APP_ID, HANDLE, USER_POOL_ID, WECHAT_CODE } from "@app2wxapp/protocol";
import { closed, oneOf, orNull } from "../http/json-schemas";

// The bodies of the account's calls. A test holds their types equal to miniprogram/protocol/wire.ts.

export const AccountRequestSchema = Type.Object(
  { code: Type.String({ pattern: WECHAT_CODE.source }), appId: Type.String({ pattern: APP_ID.source }) },
  { ...closed, title: "AccountRequest" },
);

const AccountOfferSchema = Type.Object(
  {
    change: oneOf(ACCOUNT_CHANGES),
    label: Type.String({ description: "What to tap" }),
    question: Type.String({ description: "What the person is then asked" }),
    detail: Type.String({ description: "What it will mean: what is lost, and when for good" }),
  },
  { title: "AccountOffer" },
);

const AccountViewSchema = Type.Object(
  {
    userPoolId: Type.String(),
    name: Type.String(),
    logo: orNull(Type.String()),
    phone: orNull(Type.String({ description: "Masked" })),
    apps: Type.Array(
      Type.Object({
        callerAppId: orNull(Type.String()),
        name: Type.String(),
        lastLoginAt: Type.Integer({ description: "Epoch ms" }),
        signOut: orNull(AccountOfferSchema, { description: "Null: no token of it can still be good" }),
      }),
    ),
    agreements: Type.Array(
      Type.Object({
        title: Type.String(),
        version: Type.String(),
        agreedAt: Type.Integer({ description: "Epoch ms" }),
      }),
    ),
    deletionGraceDays: Type.Integer(),
    deletesAt: orNull(Type.Integer({ description: "Epoch ms; null: nobody asked for its deletion" })),
    status: orNull(Type.String()),
    offers: Type.Array(AccountOfferSchema, { description: "What can be done with the account as a whole" }),
  },
  { title: "Account" },
);

export const AccountReplySchema = Type.Object(
  {
    account: Type.String(),
    expiresIn: Type.Integer({ description: "Seconds" }),
    accounts: Type.Array(AccountViewSchema, { description: "One for each pool of the applet that knows the person" }),
  },
  { title: "AccountReply" },
);

export const AccountChangeRequestSchema = Type.Object(
  {
    account: Type.String({ pattern: HANDLE.source }),
    code: Type.String({ pattern: WECHAT_CODE.source }),
    userPoolId: Type.String({ pattern: USER_POOL_ID.source }),
    change: oneOf(ACCOUNT_CHANGES),
    callerAppId: Type.Optional(Type.String({ pattern: APP_ID.source })),
  },
  { ...closed, title: "AccountChangeRequest" },
);
