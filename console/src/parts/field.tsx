import type { ComponentChildren, InputHTMLAttributes, TargetedInputEvent } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./icon";

export interface ControlProps {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

interface FieldProps {
  label: ComponentChildren;
  hint?: ComponentChildren;
  /** What is wrong with the value, and how it should be. */
  fault?: string | undefined;
  children: (control: ControlProps) => ComponentChildren;
}

/** A control with its name, a sentence about it, and what is wrong with what was entered. */
export function Field({ label, hint, fault, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": fault ? true : undefined })}
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {fault && (
        <div class="fault" id={`${id}-fault`}>
          <Icon name="warn" />
          {fault}
        </div>
      )}
    </div>
  );
}

interface TextProps {
  label: ComponentChildren;
  hint?: ComponentChildren;
  fault?: string | undefined;
  value: string;
  onValue(value: string): void;
  type?: "text" | "password" | "url" | "search";
  mono?: boolean;
  lines?: number;
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  maxLength?: number;
  autocomplete?: string;
  autofocus?: boolean;
}

export function TextField({ label, hint, fault, value, onValue, mono, lines, type = "text", ...rest }: TextProps) {
  const shared = {
    ...rest,
    class: `input ${mono ? "mono" : ""}`,
    value,
    spellcheck: false,
    autocapitalize: "off" as const,
    autocomplete: rest.autocomplete ?? "off",
  };
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(control) => {
        if (lines) {
          return (
            <textarea {...shared} {...control} rows={lines} onInput={(event) => onValue(event.currentTarget.value)} />
          );
        }
        // The types of preact know a role for some kinds of input only, so that they cannot be chosen at run time.
        const input = { ...shared, ...control, type } as InputHTMLAttributes;
        return <input {...input} onInput={(event) => onValue(event.currentTarget.value)} />;
      }}
    </Field>
  );
}

interface NumberProps {
  label: ComponentChildren;
  hint?: ComponentChildren;
  value: number;
  onValue(value: number): void;
  min: number;
  max: number;
  unit: string;
  disabled?: boolean;
}

export function NumberField({ label, hint, value, onValue, unit, ...rest }: NumberProps) {
  const onInput = (event: TargetedInputEvent<HTMLInputElement>): void => {
    const { valueAsNumber } = event.currentTarget;
    if (Number.isFinite(valueAsNumber)) onValue(Math.round(valueAsNumber));
  };
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <span class="with-unit">
          <input
            {...control}
            {...rest}
            class="input short number"
            type="number"
            required
            value={value}
            onInput={onInput}
          />
          {unit}
        </span>
      )}
    </Field>
  );
}

interface SelectProps<T extends string> {
  label: ComponentChildren;
  hint?: ComponentChildren;
  value: T;
  onValue(value: NoInfer<T>): void;
  options: readonly { value: NoInfer<T>; name: string }[];
  disabled?: boolean;
}

export function SelectField<T extends string>({ label, hint, value, onValue, options, disabled }: SelectProps<T>) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <select
          {...control}
          class="input"
          disabled={disabled}
          value={value}
          onChange={(event) => onValue(event.currentTarget.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
