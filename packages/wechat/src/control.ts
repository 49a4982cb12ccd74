import type { WechatConditions } from "./conditions";
import { isEndpointPath, type EndpointPath } from "./endpoints";
import { ERRMSG, type Errcode } from "./errcodes";
import type { Wechat } from "./wechat";

/** What a test in another process does to the stand-in; below this no path of WeChat's begins. */
export const CONTROL = "/stand-in/";

/** Words for whoever called it wrongly. */
class Misuse extends Error {}

type Fields = Record<string, unknown>;

/**
 * Answers a control call: what WeChat's client does on a phone (`login-code`, `phone-code`), who there is (`people`), and
 * how the server is (`conditions`, `failures`). JSON in, JSON out; a mistake is 400 with words.
 */
export function control(wechat: Wechat, path: string, body: string): { status: number; body: unknown } {
  const name = path.slice(CONTROL.length);
  if (!Object.hasOwn(CALLS, name)) return { status: 404, body: { message: `known: ${Object.keys(CALLS).join(", ")}` } };
  try {
    return { status: 200, body: CALLS[name as keyof typeof CALLS](wechat, fieldsOf(body)) };
  } catch (error) {
    return { status: 400, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}

const CALLS = {
  people: (wechat: Wechat) => wechat.device.people(),
  "login-code": (wechat: Wechat, fields: Fields) => ({
    code: wechat.device.loginCode(text(fields, "person"), text(fields, "appId")),
  }),
  "phone-code": (wechat: Wechat, fields: Fields) => ({
    code: wechat.device.phoneCode(text(fields, "person"), text(fields, "appId")),
  }),
  conditions(wechat: Wechat, fields: Fields): WechatConditions {
    for (const [name, value] of Object.entries(fields))
      if (!Object.hasOwn(wechat.conditions, name)) throw new Misuse(`there is no condition called ${name}`);
      else if (!fits(name as keyof WechatConditions, value)) throw new Misuse(`${name} cannot be ${String(value)}`);
    wechat.change(fields);
    return wechat.conditions;
  },
  failures(wechat: Wechat, fields: Fields): Fields {
    for (const [path, errcode] of Object.entries(fields)) wechat.fail(...failureOf(path, errcode));
    return fields;
  },
};

/** Which call fails with what, from the way people write it: the path, or its last part. */
export function failureOf(path: string, errcode: unknown): [EndpointPath, Errcode | undefined] {
  const full = [path, `/sns/${path}`, `/cgi-bin/${path}`, `/wxa/business/${path}`].find(isEndpointPath);
  if (full === undefined) throw new Misuse(`WeChat's stand-in has no call named ${path}`);
  if (errcode === null) return [full, undefined];
  const number = Number(errcode);
  if (!Object.hasOwn(ERRMSG, number))
    throw new Misuse(`an errcode is one of ${Object.keys(ERRMSG).join(", ")}, or null`);
  return [full, number as Errcode];
}

function fits(name: keyof WechatConditions, value: unknown): boolean {
  if (name === "loginsPerMinute" && value === null) return true;
  return ["isBound", "takesDevtoolsCode", "learnsApplets"].includes(name)
    ? typeof value === "boolean"
    : typeof value === "number" && value >= 0;
}

function fieldsOf(body: string): Fields {
  if (body === "") return {};
  const value: unknown = JSON.parse(body);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Misuse("the body is a JSON object");
  return value as Fields;
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== "string" || value === "") throw new Misuse(`${name} is missing`);
  return value;
}
