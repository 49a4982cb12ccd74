import { useEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../language";
import { parts } from "../messages/parts";
import { Button } from "./button";

const SAYS_SO_MILLISECONDS = 2000;

/** Copies; where the browser refuses (no https), the text is selected so that a key does it. */
function useCopy(text: string, from: { current: HTMLElement | null }) {
  const [outcome, setOutcome] = useState<"copied" | "selected">();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = (): void => {
    const done = (how: "copied" | "selected") => () => {
      if (how === "selected" && from.current) getSelection()?.selectAllChildren(from.current);
      setOutcome(how);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setOutcome(undefined), SAYS_SO_MILLISECONDS);
    };
    const clipboard = navigator.clipboard as Clipboard | undefined;
    (clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"))).then(done("copied"), done("selected"));
  };
  return { copy, outcome };
}

/** A value to be taken elsewhere: an id, a path, a secret that is shown once. */
export function Copy({ value, label }: { value: string; label: string }) {
  const t = useWords(parts);
  const text = useRef<HTMLElement>(null);
  const { copy, outcome } = useCopy(value, text);
  return (
    <div class="copy">
      <code ref={text}>{value}</code>
      <Button kind="quiet" size="small" icon={outcome ? "done" : "copy"} onClick={copy}>
        {outcome ? t[outcome] : t.copy}
        <span class="unseen"> {label}</span>
      </Button>
      <span class="unseen" role="status">
        {outcome && t[outcome]}
      </span>
    </div>
  );
}

export function Code({ text, label }: { text: string; label: string }) {
  const t = useWords(parts);
  const shown = useRef<HTMLPreElement>(null);
  const { copy, outcome } = useCopy(text, shown);
  return (
    <div class="code">
      {/* Wider than its frame: the keyboard must be able to scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre ref={shown} tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      <Button size="small" icon={outcome ? "done" : "copy"} onClick={copy}>
        {outcome ? t[outcome] : t.copy}
        <span class="unseen"> {label}</span>
      </Button>
      <span class="unseen" role="status">
        {outcome && t[outcome]}
      </span>
    </div>
  );
}
