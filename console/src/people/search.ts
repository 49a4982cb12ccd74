import type { Search } from "../api/admin";

export type SearchKind = "phone" | "openid" | "unionid" | "id";

/** What somebody most likely pasted; they can say otherwise. */
export function guessKind(text: string): SearchKind {
  if (/^[0-9a-f]{24}$/.test(text)) return "id";
  if (/^\+?[0-9][0-9 ()-]{4,}$/.test(text)) return "phone";
  // openids begin with o and have 28 characters, as unionids do; an operator sees openids more often.
  return "openid";
}

export function searchOf(text: string, kind: SearchKind, appId: string): Search {
  if (text === "") return { by: "all" };
  return kind === "openid" ? { by: kind, value: text, appId } : { by: kind, value: text };
}
