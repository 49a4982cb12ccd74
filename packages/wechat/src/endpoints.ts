import { randomBytes } from "node:crypto";
import type { AccessTokens } from "./access-tokens";
import type { Codes } from "./codes";
import type { WechatConditions } from "./conditions";
import { ERRMSG, type Errcode } from "./errcodes";
import { openidOf, unionidOf, type Person } from "./people";

/** A call as the stand-in's HTTP server received it. */
export interface ApiCall {
  method: string;
  query: URLSearchParams;
  /** The body's text; empty for GET. */
  body: string;
}

export interface Registry {
  /** AppSecret by AppID. */
  secrets: Map<string, string>;
  codes: Codes;
  tokens: AccessTokens;
  /** Logins of the last minute, by person. */
  logins: Map<string, number[]>;
  conditions: Readonly<WechatConditions>;
  now: () => number;
}

type Reply = Errcode | Record<string, unknown>;
type Endpoint = (registry: Registry, call: ApiCall) => Reply;

/** The three calls an auth server makes, by path. */
export const ENDPOINTS = {
  "/sns/jscode2session": jscode2session,
  "/cgi-bin/stable_token": stableToken,
  "/wxa/business/getuserphonenumber": getUserPhoneNumber,
} satisfies Record<string, Endpoint>;

export type EndpointPath = keyof typeof ENDPOINTS;

export function isEndpointPath(path: string): path is EndpointPath {
  return Object.hasOwn(ENDPOINTS, path);
}

/** WeChat answers every failure with status 200 and an errcode. */
export function errorBody(errcode: Errcode): { errcode: Errcode; errmsg: string } {
  return {
    errcode,
    errmsg: `${ERRMSG[errcode]}, rid: ${randomBytes(4).toString("hex")}-${randomBytes(4).toString("hex")}`,
  };
}

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session */
function jscode2session(registry: Registry, { method, query }: ApiCall): Reply {
  const { codes, conditions } = registry;
  if (method !== "GET") return 43001;
  const appId = query.get("appid") ?? "";
  const problem = credentialProblem(registry, appId, query.get("secret") ?? "");
  if (problem) return problem;
  if (query.get("grant_type") !== "authorization_code") return 40002;
  const code = query.get("js_code");
  if (!code) return 41008;
  const tourist = conditions.takesDevtoolsCode ? codes.devtoolsPerson(code, appId) : undefined;
  const person = tourist ?? codes.redeem("login", code, appId);
  if (person === "used") return 40163;
  if (typeof person === "string") return 40029;
  if (isTooOften(registry, person)) return 45011;
  if (person.blocked) return 40226;
  return {
    session_key: randomBytes(16).toString("base64"),
    openid: openidOf(person, appId),
    ...(conditions.isBound ? { unionid: unionidOf(person) } : {}),
  };
}

function isTooOften({ logins, conditions, now }: Registry, { id }: Person): boolean {
  const lately = (logins.get(id) ?? []).filter((at) => now() - at < 60_000);
  logins.set(id, [...lately, now()]);
  return conditions.loginsPerMinute !== null && lately.length >= conditions.loginsPerMinute;
}

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken */
function stableToken(registry: Registry, { method, body }: ApiCall): Reply {
  const { tokens } = registry;
  if (method !== "POST") return 43002;
  const fields = jsonObject(body);
  if (!fields) return 47001;
  if (fields["grant_type"] !== "client_credential") return 40002;
  const appId = text(fields["appid"]);
  const problem = credentialProblem(registry, appId, text(fields["secret"]));
  if (problem) return problem;
  const token = fields["force_refresh"] === true ? tokens.force(appId) : tokens.stable(appId);
  return typeof token === "number" ? token : { access_token: token.value, expires_in: token.expiresInSeconds };
}

/**
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber
 *
 * The page does not name the errcode for a code of another person than `openid`; 40003 (invalid openid) is ours.
 */
function getUserPhoneNumber({ tokens, codes, now }: Registry, { method, query, body }: ApiCall): Reply {
  if (method !== "POST") return 43002;
  const token = query.get("access_token");
  if (!token) return 41001;
  const appId = tokens.check(token);
  if (typeof appId === "number") return appId;
  const fields = jsonObject(body);
  if (!fields) return 47001;
  const code = text(fields["code"]);
  if (!code) return 41008;
  const openid = text(fields["openid"]);
  const isOwner = (person: Person) => openid === "" || openidOf(person, appId) === openid;
  const person = codes.redeem("phone", code, appId, isOwner);
  if (person === "other app") return 40013;
  if (typeof person === "string" || !person.phone) return 40029;
  if (!isOwner(person)) return 40003;
  const { countryCode, number } = person.phone;
  return {
    errcode: 0,
    errmsg: "ok",
    phone_info: {
      // Only foreign numbers carry their country code here.
      phoneNumber: countryCode === "86" ? number : `+${countryCode}${number}`,
      purePhoneNumber: number,
      countryCode,
      watermark: { timestamp: Math.floor(now() / 1000), appid: appId },
    },
  };
}

function credentialProblem({ secrets, conditions }: Registry, appId: string, secret: string): Errcode | undefined {
  if (appId === "") return 41002;
  if (conditions.learnsApplets && !secrets.has(appId) && appId.startsWith("wx") && secret !== "")
    secrets.set(appId, secret);
  const known = secrets.get(appId);
  if (known === undefined) return 40013;
  if (secret === "") return 41004;
  return known === secret ? undefined : 40125;
}

function jsonObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
