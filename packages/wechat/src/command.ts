import fs from "node:fs";
import { parseArgs } from "node:util";
import type { WechatConditions } from "./conditions";
import { failureOf } from "./control";
import type { Person } from "./people";
import type { WechatOptions } from "./wechat";

export const USAGE = `usage: app2wxapp-wechat [options]

A stand-in for api.weixin.qq.com on loopback. Set WECHAT_API_ORIGIN of the auth server to the address it prints.

  --port <port>                 default 4692; 0 takes a free one
  --applet <AppID>:<AppSecret>  a mini program it knows; repeat for more. Without any, an AppID is taken with the first
                                AppSecret it comes with
  --people <file.json>          who there is, instead of lin, zhou, chan, wang, zhao
  --fail <call>=<errcode>       a call fails from the start, as in jscode2session=-1; repeat for more
  --latency <ms>                how long every answer waits
  --unbound                     no unionid: the applets belong to no open-platform account
  --phone-numbers <n>           what is left of the quota of phone numbers
  --logins-per-minute <n>       logins of one person before errcode 45011
  --devtools-code               takes WeChat devtools' mock login code under touristappid
  -h, --help`;

export interface Command {
  port: number;
  options: WechatOptions;
  failures: ReturnType<typeof failureOf>[];
}

/** What the arguments ask for; null: the usage. Throws an Error in words for whoever typed them. */
export function readCommand(args: readonly string[]): Command | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "4692" },
      applet: { type: "string", multiple: true, default: [] },
      people: { type: "string" },
      fail: { type: "string", multiple: true, default: [] },
      latency: { type: "string" },
      unbound: { type: "boolean", default: false },
      "phone-numbers": { type: "string" },
      "logins-per-minute": { type: "string" },
      "devtools-code": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return null;
  const number = (name: string, given: string | undefined) => (given === undefined ? undefined : count(name, given));
  const conditions: Partial<WechatConditions> = {
    isBound: !values.unbound,
    takesDevtoolsCode: values["devtools-code"],
    learnsApplets: values.applet.length === 0,
    ...defined("latencyMs", number("--latency", values.latency)),
    ...defined("phoneNumbersLeft", number("--phone-numbers", values["phone-numbers"])),
    ...defined("loginsPerMinute", number("--logins-per-minute", values["logins-per-minute"])),
  };
  return {
    port: count("--port", values.port),
    options: {
      applets: values.applet.map(appletOf),
      conditions,
      ...(values.people === undefined ? {} : { people: peopleIn(values.people) }),
      isControllable: true,
    },
    failures: values.fail.map((text) => {
      const at = text.lastIndexOf("=");
      if (at < 1) throw new Error("--fail is <call>=<errcode>, as in jscode2session=-1");
      return failureOf(text.slice(0, at), text.slice(at + 1));
    }),
  };
}

function defined(name: keyof WechatConditions, value: number | undefined) {
  return value === undefined ? {} : { [name]: value };
}

function count(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${name} is a whole number`);
  return Number(text);
}

function appletOf(text: string): { appId: string; secret: string } {
  const [appId, secret, ...rest] = text.split(":");
  // The secret is not repeated: what people type ends in logs.
  if (!appId || !secret || rest.length > 0) throw new Error("--applet is <AppID>:<AppSecret>");
  return { appId, secret };
}

function peopleIn(file: string): Person[] {
  const people: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
  const isPerson = (person: unknown) => typeof (person as Person | null)?.id === "string";
  if (!Array.isArray(people) || !people.every(isPerson))
    throw new Error('--people is a JSON list of {"id", "name", "nameEn", "phone": {"countryCode", "number"} or null}');
  return people as Person[];
}
