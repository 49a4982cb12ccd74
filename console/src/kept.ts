/** What the browser keeps of an operator's taste: language and theme, never data. Private windows may refuse. */
type Taste = "language" | "theme";

export function kept(name: Taste): string | undefined {
  try {
    return localStorage.getItem(`console.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keep(name: Taste, value: string): void {
  try {
    localStorage.setItem(`console.${name}`, value);
  } catch {
    // It is then asked for again.
  }
}
