import type { LocalText } from "./api/types";
import type { Language } from "./language";

/** Languages a text may be given in beside the first. */
export const OTHER_LANGUAGES = ["zh-TW", "en"] as const;
export type OtherLanguage = (typeof OTHER_LANGUAGES)[number];

/** What is shown to whoever speaks none of the other languages. */
export function mainText(text: LocalText | null | undefined): string {
  return typeof text === "string" ? text : (text?.["zh-CN"] ?? "");
}

export function otherText(text: LocalText | null | undefined, language: OtherLanguage): string {
  return typeof text === "object" ? (text?.[language] ?? "") : "";
}

/** The text as somebody with this language reads it. */
export function textIn(text: LocalText | null | undefined, language: Language | OtherLanguage): string {
  return (language === "zh-CN" ? "" : otherText(text, language)) || mainText(text);
}

/** One text when there is only one. */
export function localText(main: string, others: Record<OtherLanguage, string>): LocalText {
  const given = OTHER_LANGUAGES.filter((language) => others[language] !== "");
  if (given.length === 0) return main;
  return { "zh-CN": main, ...Object.fromEntries(given.map((language) => [language, others[language]])) };
}

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The first character as a person sees it, for a round or square sign. */
export function initialOf(name: string): string {
  const [first] = characters.segment(name.trim());
  return first?.segment ?? "";
}
