import { SERVER_ERRORS } from "@app2wxapp/protocol";

const POOL = "5f0c2d1e8a9b4c7d6e5f4a3b";
const PERSON = "5e57540f84622ae263294a42";
const TICKET = "3q2-7wAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaG";
const ATTEMPT = "kZ0mXb1vJr4sQh8tYw2uLc6nEf9pGa3dVi5oRk7xTe0";
const VERIFIER = "dBjFtJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiI1ZTU3NTQwZjg0NjIyYWUyNjMyOTRhNDIifQ.c2lnbmF0dXJl";
const ORIGIN = "https://auth.example.com";

const user = {
  _id: PERSON,
  username: "微信用户",
  nickname: "微信用户",
  company: "",
  photo: "",
  emailVerified: false,
  loginsCount: 3,
  registerMethod: "oauth:app2wxapp",
  blocked: false,
  isDeleted: false,
  oauth: '{"nickName":"微信用户","gender":0,"phone":"13800138000"}',
  metadata: '""',
  unionid: "o6_bmasdasdsad6_2sgVt7hMZOPfL",
  openid: "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
  lastIP: "203.0.113.7",
  lastLogin: "2026-05-18T08:30:00.000Z",
  signedUp: "2026-05-01T02:00:00.000Z",
  phone: "13800138000",
};
const userView = { nickname: "微信用户", photo: "", phone: "+86 138****8000" };
const claims = { sub: PERSON, iss: `${ORIGIN}/${POOL}`, aud: POOL, azp: "wxd930ea5d5a258f4f", scope: "openid profile" };

const order = { userPoolId: POOL, change: "signOut", callerAppId: "wxd930ea5d5a258f4f" };
const offer = {
  question: "退出「云杉咖啡」？",
  detail: "之后使用这个 App 需要重新登录。",
  label: "退出登录",
  order,
};
const card = {
  label: "云杉会员",
  rows: [
    { icon: "phone", title: "138****8000", text: "手机号" },
    { icon: "", title: "云杉咖啡", text: "2026-05-18 登录", button: { id: "change", label: "退出登录", of: "0" } },
  ],
};
const account = {
  userPoolId: POOL,
  name: "云杉会员",
  logo: null,
  phone: "138****8000",
  apps: [{ callerAppId: "wxd930ea5d5a258f4f", name: "云杉咖啡", lastLoginAt: 1_779_093_000_000, signedIn: true }],
  agreements: [{ title: "用户协议", version: "2026-05-01", agreedAt: 1_779_093_000_000 }],
  deletionGraceDays: 7,
  deletesAt: null,
};

/** One of each schema that has a name, as the calls really exchange them. */
export const EXAMPLES: Readonly<Record<string, object>> = {
  AttemptRequest: {
    code: "0a3Bq1000abcDEF1x2000xyzGH0Bq10a",
    appId: "wx0123456789abcdef",
    getPhone: true,
    callerAppId: "wxd930ea5d5a258f4f",
    codeChallenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  },
  AttemptReply: {
    attempt: ATTEMPT,
    expiresIn: 600,
    pool: { name: "云杉会员", logo: null, caller: "云杉咖啡", agreements: [] },
    user: null,
    needs: ["phone"],
    phoneOptional: false,
  },
  TicketRequest: { attempt: ATTEMPT, phoneCode: "7c2e9d4fa1b35860" },
  TicketReply: { ticket: TICKET, ticketExpiresIn: 120, user: userView },
  UserView: userView,
  Agreement: { title: "用户协议", text: "……", version: "2026-05-01", required: true },
  ExchangeRequest: { ticket: TICKET, secret: "the pool secret", codeVerifier: VERIFIER },
  User: user,
  UserWithToken: { ...user, token: TOKEN, tokenExpiredAt: "2026-06-02T08:30:00.000Z" },
  TokenRequest: { grant_type: "authorization_code", code: TICKET, code_verifier: VERIFIER },
  TokenReply: {
    access_token: TOKEN,
    token_type: "Bearer",
    expires_in: 1_296_000,
    scope: "openid profile phone",
    id_token: TOKEN,
  },
  TokenQuestion: { token: TOKEN, secret: "the pool secret" },
  Introspection: {
    active: true,
    token_type: "Bearer",
    client_id: POOL,
    ...claims,
    jti: "b7f3",
    iat: 1_779_093_000,
    exp: 1_780_389_000,
  },
  AccountRequest: { code: "0a3Bq1000abcDEF1x2000xyzGH0Bq10a", appId: "wx0123456789abcdef" },
  AccountReply: { account: ATTEMPT, expiresIn: 600, accounts: [account], cards: [card], offers: [offer] },
  AccountChangeRequest: {
    account: ATTEMPT,
    code: "0a3Bq1000abcDEF1x2000xyzGH0Bq10b",
    ...order,
  },
  AccountCard: card,
  AccountOffer: offer,
  Account: account,
  KeySet: { keys: [{ kty: "EC", crv: "P-256", alg: "ES256", use: "sig", kid: "k1", x: "…", y: "…" }] },
  Person: {
    sub: PERSON,
    name: "微信用户",
    phone_number: "+8613800138000",
    phone_number_verified: true,
    openid: "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
  },
  Error: {
    code: SERVER_ERRORS["ticket.invalid"].status,
    message: "The ticket is invalid or expired",
    data: null,
    error: "ticket.invalid",
    requestId: "2f1c8a52-7d0e-4c3b-9a66-0e5b1f2d3c4a",
  },
  OAuthError: {
    error: "invalid_grant",
    error_description: "The ticket is invalid or expired",
    reason: "ticket.invalid",
    requestId: "2f1c8a52-7d0e-4c3b-9a66-0e5b1f2d3c4a",
  },
  PoolCreation: { name: "云杉会员", allowedApps: [{ appId: "wxd930ea5d5a258f4f", name: "云杉咖啡" }] },
  PoolChange: { ticketTtlSeconds: 90, requirePkce: true },
  AllowedApp: { appId: "wxd930ea5d5a258f4f", name: { "zh-CN": "云杉咖啡", en: "Spruce Coffee" } },
  AuditEntry: {
    id: "6829c1f4000000000000002a",
    at: 1_779_093_000_000,
    poolId: POOL,
    actor: "admin:me",
    event: "pool.created",
    subject: POOL,
    details: {},
  },
};
