import { COLOR } from "./formats";

/** Whether this is a colour, `#rrggbb`, on which white text has the contrast that WCAG 2.2 asks for: 4.5. */
export function isReadableUnderWhite(color: string): boolean {
  return COLOR.test(color) && contrastWithWhite(color) >= 4.5;
}

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrastWithWhite(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = parseInt(color.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
