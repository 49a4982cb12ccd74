import type { Language } from "@app2wxapp/protocol";
import { Type, type Static, type TSchema } from "@sinclair/typebox";
import { closed } from "../http/json-schemas";

/** A text for everybody, or one for each language with the one that stands in for those that are missing. */
export function localized<Schema extends TSchema>(text: Schema) {
  return Type.Union([
    text,
    Type.Object({ "zh-CN": text, "zh-TW": Type.Optional(text), en: Type.Optional(text) }, closed),
  ]);
}

type Localized = Static<ReturnType<typeof localized<ReturnType<typeof Type.String>>>>;

/** The text a person reads in this language. */
export function textIn(text: Localized, language: Language): string {
  return typeof text === "string" ? text : (text[language] ?? text["zh-CN"]);
}
