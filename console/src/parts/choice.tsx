import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export interface Option<T extends string> {
  value: T;
  name: string;
  /** What choosing it means. */
  about: ComponentChildren;
  /** What it gives up; said where the choice is made. */
  risk?: ComponentChildren;
  disabled?: boolean;
}

interface ChoiceProps<T extends string> {
  legend: string;
  hint?: ComponentChildren;
  value: T | undefined;
  onValue(value: NoInfer<T>): void;
  options: readonly Option<NoInfer<T>>[];
  disabled?: boolean;
}

/** One of a few, each with its meaning beside it. */
export function Choice<T extends string>({ legend, hint, value, onValue, options, disabled }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset class="field" disabled={disabled} aria-describedby={hint ? `${name}-hint` : undefined}>
      <legend class="legend">{legend}</legend>
      {hint && (
        <div class="hint" id={`${name}-hint`}>
          {hint}
        </div>
      )}
      <div class="choices">
        {options.map((option) => (
          <label key={option.value} class={`choice ${option.risk ? "risky" : ""}`}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              disabled={option.disabled}
              onChange={() => onValue(option.value)}
            />
            <span class="grow">
              <span class="name">{option.name}</span>
              <span class="small soft">{option.about}</span>
              {option.risk && <span class="small risk"> {option.risk}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface CheckProps {
  checked: boolean;
  onChecked(checked: boolean): void;
  label: ComponentChildren;
  hint?: ComponentChildren;
  disabled?: boolean;
  required?: boolean;
}

export function Check({ checked, onChecked, label, hint, disabled, required }: CheckProps) {
  const id = useId();
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        required={required}
        aria-describedby={hint ? id : undefined}
        onChange={(event) => onChecked(event.currentTarget.checked)}
      />
      <span>
        {label}
        {hint && (
          <span class="small soft" id={id}>
            <br />
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}

interface SegmentsProps<T extends string> {
  legend: string;
  value: T;
  onValue(value: NoInfer<T>): void;
  options: readonly { value: NoInfer<T>; name: string }[];
}

/** One of a few short words, in one line. */
export function Segments<T extends string>({ legend, value, onValue, options }: SegmentsProps<T>) {
  const name = useId();
  return (
    <fieldset>
      <legend class="unseen">{legend}</legend>
      <span class="segments">
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} checked={value === option.value} onChange={() => onValue(option.value)} />
            {option.name}
          </label>
        ))}
      </span>
    </fieldset>
  );
}
