import { useId, useState } from "preact/hooks";
import type { LocalText } from "../api/types";
import { useWords } from "../language";
import { brand } from "../messages/brand";
import { localText, mainText, OTHER_LANGUAGES, otherText } from "../texts";
import { Button } from "./button";
import { TextField } from "./field";

interface Props {
  label: string;
  hint?: string;
  value: LocalText | null | undefined;
  onValue(value: LocalText): void;
  required?: boolean;
  disabled?: boolean;
  maxLength: number;
  /** Of the text: several make it a field of many lines. */
  lines?: number;
  placeholder?: string;
}

/** A text for people, with its other languages behind a button until one is given. */
export function LocalTextField({ label, hint, value, onValue, required, ...rest }: Props) {
  const t = useWords(brand);
  const id = useId();
  const others = Object.fromEntries(
    OTHER_LANGUAGES.map((language) => [language, otherText(value, language)]),
  ) as Record<(typeof OTHER_LANGUAGES)[number], string>;
  const [open, setOpen] = useState(OTHER_LANGUAGES.some((language) => others[language] !== ""));
  return (
    <div class="stack tight">
      <TextField
        {...rest}
        label={label}
        hint={hint}
        value={mainText(value)}
        required={required === true}
        onValue={(main) => onValue(localText(main, others))}
      />
      {open ? (
        <div class="pair" id={id}>
          {OTHER_LANGUAGES.map((language) => (
            <TextField
              key={language}
              {...rest}
              label={`${label} · ${t.languages[language]}`}
              value={others[language]}
              onValue={(text) => onValue(localText(mainText(value), { ...others, [language]: text }))}
            />
          ))}
        </div>
      ) : (
        <div>
          <Button kind="quiet" size="small" icon="plus" disabled={rest.disabled === true} onClick={() => setOpen(true)}>
            {t.otherLanguages}
            <span class="unseen"> {label}</span>
          </Button>
        </div>
      )}
    </div>
  );
}
