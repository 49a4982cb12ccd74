import { useState } from "preact/hooks";
import { keep, kept } from "./kept";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

function read(): Theme {
  return THEMES.find((theme) => theme === kept("theme")) ?? "system";
}

/** Before the first picture, so that a dark console never flashes white. */
export function applyTheme(theme: Theme = read()): void {
  document.documentElement.dataset["theme"] = theme;
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(read);
  return [
    theme,
    (next) => {
      keep("theme", next);
      applyTheme(next);
      setTheme(next);
    },
  ];
}
