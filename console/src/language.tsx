import { createContext, type ComponentChildren } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import { kept, keep } from "./kept";

export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The words of one view in every language of the console. */
export type Words<T> = Record<Language, T>;

/** Chinese decides the shape, English must follow it. */
export function words<T>(zh: T, en: NoInfer<T>): Words<T> {
  return { "zh-CN": zh, en };
}

/** Words looked up by what the server says: what it does not hold is shown as it came. */
export function dictionary(entries: Record<string, string>): Record<string, string | undefined> {
  return entries;
}

interface Speech {
  language: Language;
  speak(language: Language): void;
}

const Spoken = createContext<Speech>({ language: "zh-CN", speak: () => undefined });

/** The language chosen here before, else the browser's first that we have, else Chinese. */
function firstLanguage(): Language {
  const chosen = kept("language");
  const wanted = [chosen ?? "", ...navigator.languages];
  for (const tag of wanted) {
    const known = LANGUAGES.find((language) => tag.slice(0, 2).toLowerCase() === language.slice(0, 2));
    if (known) return known;
  }
  return "zh-CN";
}

export function LanguageProvider({ children }: { children: ComponentChildren }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo(
    () => ({
      language,
      speak(next: Language) {
        keep("language", next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <Spoken.Provider value={speech}>{children}</Spoken.Provider>;
}

export function useLanguage(): Speech {
  return useContext(Spoken);
}

/** A view's words in the operator's language. */
export function useWords<T>(all: Words<T>): T {
  return all[useLanguage().language];
}
