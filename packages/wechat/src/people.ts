import { createHash } from "node:crypto";

/** Somebody with a WeChat account. */
export interface Person {
  id: string;
  /** What the phone's panel calls them; WeChat's login calls never tell a name. */
  name: string;
  nameEn: string;
  /** Null: no number is bound to the account. */
  phone: { countryCode: string; number: string } | null;
  /** WeChat's risk control refuses this person's login codes: errcode 40226. */
  blocked?: boolean;
}

/** A handful of people to be. The numbers belong to nobody. */
export const PEOPLE: readonly Person[] = [
  { id: "lin", name: "林小满", nameEn: "Lin Xiaoman", phone: { countryCode: "86", number: "13800138000" } },
  { id: "zhou", name: "周一鸣", nameEn: "Zhou Yiming", phone: { countryCode: "86", number: "13900139000" } },
  {
    id: "chan",
    name: "陈美玲（香港号码）",
    nameEn: "Chan Mei Ling (Hong Kong number)",
    phone: { countryCode: "852", number: "61234567" },
  },
  { id: "wang", name: "王建国（没有绑定手机）", nameEn: "Wang Jianguo (no phone bound)", phone: null },
  {
    id: "zhao",
    name: "赵无名（被微信拦截）",
    nameEn: "Zhao Wuming (blocked by WeChat)",
    phone: { countryCode: "86", number: "13700137000" },
    blocked: true,
  },
  {
    id: "devtools",
    name: "开发者工具的游客",
    nameEn: "Devtools' tourist",
    phone: { countryCode: "86", number: "13600136000" },
  },
];

/** The same person has another openid in every mini program, and one unionid below one open-platform account. */
export function openidOf(person: Person, appId: string): string {
  return `o${digest(`openid:${appId}:${person.id}`)}`;
}

export function unionidOf(person: Person): string {
  return `o${digest(`unionid:${person.id}`)}`;
}

/** 27 characters, as WeChat's identifiers have after their leading o. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 27);
}
