import type { Language } from "@app2wxapp/protocol";
import type { FastifyRequest } from "fastify";

/** The language of the texts in an answer: of those `Accept-Language` names the one it likes best, else Chinese. */
export function languageOf({ headers }: Pick<FastifyRequest, "headers">): Language {
  const wishes = (headers["accept-language"] ?? "").split(",").map((wish) => {
    const [tag = "", ...parameters] = wish.split(";").map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
    return { language: ofTag(tag), weight: Number(weight) || 0 };
  });
  const [best] = wishes
    .filter(({ language, weight }) => language && weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  return best?.language ?? "zh-CN";
}

/** https://www.rfc-editor.org/rfc/rfc5646: `zh-Hant-HK`, `en-GB`. */
function ofTag(tag: string): Language | undefined {
  if (/^zh-(?!hans)(.*-)?(hant|tw|hk|mo)\b/i.test(tag)) return "zh-TW";
  if (/^zh\b/i.test(tag)) return "zh-CN";
  return /^en\b/i.test(tag) ? "en" : undefined;
}
