import type { Language } from "../protocol/launch";
import { EN } from "./en";
import type { Words } from "./words";
import { ZH_CN } from "./zh-cn";
import { ZH_TW } from "./zh-tw";

export const WORDS: Readonly<Record<Language, Words>> = { "zh-CN": ZH_CN, "zh-TW": ZH_TW, en: EN };

/** The language for one of WeChat's: `zh_CN`, `zh_TW`, `zh_HK`, `en` and many more, English for what we do not speak. */
export function languageOf(platformLanguage: string): Language {
  if (/^zh[_-](TW|HK|MO|Hant)/i.test(platformLanguage)) return "zh-TW";
  return /^zh/i.test(platformLanguage) ? "zh-CN" : "en";
}
