import type { Device } from "../../device";
import { EN } from "./words/en";
import { ZH_CN, type Words } from "./words/zh-cn";
import { ZH_TW } from "./words/zh-tw";

type Language = Device["language"];

const WORDS: Record<Language, Words> = { zh_CN: ZH_CN, zh_TW: ZH_TW, en: EN };
let language: Language = "zh_CN";

/** The shell speaks WeChat's language. */
export function speak(spoken: Language): void {
  language = spoken;
}

/** The words of the language spoken now. */
export function words(): Words {
  return WORDS[language];
}

/** Simplified or traditional Chinese for readers of either, English for everybody else. */
export function languageOf(preferred: readonly string[]): Language {
  const first = preferred.find((tag) => /^(?:zh|en)\b/i.test(tag));
  if (!first || /^en/i.test(first)) return "en";
  return /hant|tw|hk|mo/i.test(first) ? "zh_TW" : "zh_CN";
}
