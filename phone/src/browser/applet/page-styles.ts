import type { AppletPackage } from "../../package-format";
import type { PhoneSide } from "../bridge";
import { systemFontSize } from "./text-size";

/** WeChat measures screens in 750 rpx, rounds down to whole pixels, and never lets a line vanish. */
function pixels(rpx: number, width: number): string {
  if (rpx === 0) return "0";
  const value = Math.floor((Math.abs(rpx) * width) / 750 + 1e-4) || 1;
  return `${rpx < 0 ? -value : value}px`;
}

/** Puts an applet's styles into the document, those of a page only while it is in front. */
export function createPageStyles(applet: AppletPackage, phone: PhoneSide, shown: (page: string) => void) {
  const sheet = document.createElement("style");
  document.head.append(sheet);
  let front: string | undefined;

  function render(): void {
    const { theme, safeAreaBottom } = phone.device();
    const components = Object.keys(applet.components).filter((name) => applet.components[name]?.scope !== undefined);
    // An independent subpackage knows nothing of the main package's styles.
    const isIndependent = applet.independentRoots.some((independentRoot) => front?.startsWith(independentRoot));
    const names = [...(isIndependent ? [] : ["app"]), ...components, ...(front === undefined ? [] : [front])];
    const css = names.map((name) => applet.styles[name] ?? "");
    sheet.textContent = css
      .join("\n")
      .replace(/rpx\((-?[\d.]+)\)/g, (_, rpx: string) => pixels(Number(rpx), document.documentElement.clientWidth))
      // The phone's theme is a setting of its own, not the browser's.
      .replace(/\(\s*prefers-color-scheme\s*:\s*(\w+)\s*\)/g, (_, scheme: string) =>
        scheme === theme ? "(min-width: 0px)" : "(max-width: 0px)",
      );
    const root = document.documentElement;
    root.style.setProperty("--system-font-size", `${systemFontSize(phone)}px`);
    root.style.setProperty("--safe-area-inset-bottom", `${safeAreaBottom}px`);
    for (const edge of ["top", "left", "right"]) root.style.setProperty(`--safe-area-inset-${edge}`, "0px");
    root.style.colorScheme = theme;
    root.lang = { zh_CN: "zh-Hans", zh_TW: "zh-Hant", en: "en" }[phone.device().language];
  }

  return {
    show(page: string): void {
      front = page;
      shown(page);
      render();
    },
    render,
  };
}
