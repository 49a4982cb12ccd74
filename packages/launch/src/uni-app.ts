/**
 * The string an applet returned, from either of uni-app's ways: what `launchMiniProgram` gives its success callback,
 * and `plus.runtime.arguments` when the app comes to the front. Null when there is none: the callback also fires with
 * no string when WeChat has merely opened, and `arguments` is empty when another way led to the app.
 */
export function answerFrom(value: unknown): string | null {
  if (typeof value === "string") return fromText(value);
  if (typeof value !== "object" || value === null) return null;
  for (const field of FIELDS) {
    const text = (value as Record<string, unknown>)[field];
    if (typeof text === "string" && text !== "") return text;
  }
  return null;
}

/** WeChat's two names for it on Android, and the one of uni-app's own results. */
const FIELDS = ["extMsg", "messageExt", "extraData"];

/** On Android `plus.runtime.arguments` may be JSON of the intent's extras, or have the scheme in front. */
function fromText(text: string): string | null {
  if (text.trim().charAt(0) === "{") {
    try {
      return answerFrom(JSON.parse(text));
    } catch {
      return null;
    }
  }
  return text.replace(/^[a-zA-Z][\w.+-]*:\/\/(?:[^?=&]*\?)?/, "") || null;
}
