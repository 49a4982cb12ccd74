import { Type } from "@fastify/type-provider-typebox";
import { ACCOUNT_CHANGES, APP_ID, HANDLE, USER_POOL_ID, WECHAT_CODE } from "@app2wxapp/protocol";
import { closed, oneOf, orNull } from "../http/json-schemas";

// The bodies of the account's calls. A test holds their types equal to miniprogram/protocol/wire.ts.

const clock = {
  utcOffset: Type.Optional(
    Type.Integer({ minimum: -840, maximum: 840, description: "Minutes east of UTC; 480 without it" }),
  ),
};

const order = {
  userPoolId: Type.String({ pattern: USER_POOL_ID.source }),
  change: oneOf(ACCOUNT_CHANGES),
  callerAppId: Type.Optional(Type.String({ pattern: APP_ID.source })),
};

export const AccountRequestSchema = Type.Object(
  { code: Type.String({ pattern: WECHAT_CODE.source }), appId: Type.String({ pattern: APP_ID.source }), ...clock },
  { ...closed, title: "AccountRequest" },
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
        signedIn: Type.Boolean({ description: "False: no token of it can still be good" }),
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
  },
  { title: "Account" },
);

const AccountCardSchema = Type.Object(
  {
    label: Type.String({ description: "Which account" }),
    rows: Type.Array(
      Type.Object({
        icon: oneOf(["", "phone", "person"] as const, { description: "Drawing before it; empty: none" }),
        title: Type.String({ description: "What it is about" }),
        text: Type.String({ description: "More about it" }),
        button: Type.Optional(
          Type.Object(
            {
              id: Type.Literal("change", { description: "Always the same" }),
              label: Type.String({ description: "What to tap" }),
              of: Type.String({ description: "The place of its offer, from 0" }),
            },
            { description: "Leads to an offer" },
          ),
        ),
      }),
      { description: "From top to bottom" },
    ),
  },
  { title: "AccountCard" },
);

const AccountOfferSchema = Type.Object(
  {
    question: Type.String({ description: "What the person is asked" }),
    detail: Type.String({ description: "What it will mean: what is lost, and when for good" }),
    label: Type.String({ description: "What to tap" }),
    order: Type.Object(order, { description: "What to send then, with `account` and another `code`" }),
  },
  { title: "AccountOffer" },
);

export const AccountReplySchema = Type.Object(
  {
    account: Type.String(),
    expiresIn: Type.Integer({ description: "Seconds" }),
    accounts: Type.Array(AccountViewSchema, { description: "One for each pool of the applet that knows the person" }),
    cards: Type.Array(AccountCardSchema, {
      description: "The accounts as a page shows them, in the language of Accept-Language",
    }),
    offers: Type.Array(AccountOfferSchema, { description: "What the buttons of the cards lead to" }),
  },
  { title: "AccountReply" },
);

export const AccountChangeRequestSchema = Type.Object(
  {
    account: Type.String({ pattern: HANDLE.source }),
    code: Type.String({ pattern: WECHAT_CODE.source }),
    ...order,
    ...clock,
  },
  { ...closed, title: "AccountChangeRequest" },
);
