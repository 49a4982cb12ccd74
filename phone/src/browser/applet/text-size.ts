import type { PhoneSide } from "../bridge";

/** WeChat's standard size is 16 px, larger text a multiple of it. */
export function systemFontSize(phone: PhoneSide): number {
  return 16 * phone.device().textScale;
}

/** A size as page-meta names it. */
export function fontSize(value: string | undefined): string {
  return value === "system" ? "var(--system-font-size)" : (value ?? "");
}
