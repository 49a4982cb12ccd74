import { LANGUAGES, useLanguage, useWords, type Language } from "../language";
import { shell } from "../messages/shell";
import { THEMES, useTheme, type Theme } from "../theme";

/** Language and light, as this operator likes them. */
export function Tastes() {
  const t = useWords(shell);
  const { language, speak } = useLanguage();
  const [theme, setTheme] = useTheme();
  return (
    <div class="tastes">
      <select
        class="input"
        aria-label={t.language}
        value={language}
        onChange={(event) => speak(event.currentTarget.value as Language)}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one}>
            {t.languages[one]}
          </option>
        ))}
      </select>
      <select
        class="input"
        aria-label={t.theme}
        value={theme}
        onChange={(event) => setTheme(event.currentTarget.value as Theme)}
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {t.themes[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
