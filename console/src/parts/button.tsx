import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon";

interface Look {
  kind?: "primary" | "secondary" | "quiet" | "danger" | "danger primary";
  size?: "small" | "wide";
  icon?: IconName;
  children?: ComponentChildren;
}

interface ButtonProps extends Look {
  type?: "button" | "submit";
  onClick?: (event: MouseEvent) => void;
  /** Shows a spinner and does nothing more until it is over. */
  busy?: boolean;
  disabled?: boolean;
  /** For a button that is an icon only. */
  label?: string;
  id?: string;
  "aria-expanded"?: boolean;
  "aria-describedby"?: string | undefined;
}

export function Button({
  kind = "secondary",
  size,
  icon,
  children,
  type = "button",
  busy,
  label,
  ...rest
}: ButtonProps) {
  const only = children === undefined;
  return (
    <button
      type={type}
      class={`button ${kind} ${size ?? ""} ${only ? "icon" : ""}`}
      aria-busy={busy}
      aria-label={label}
      title={only ? label : undefined}
      {...rest}
      disabled={rest.disabled === true || busy === true}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A place to go that looks like a button. */
export function ButtonLink({
  kind = "secondary",
  size,
  icon,
  children,
  href,
  target,
}: Look & { href: string; target?: string }) {
  return (
    <a class={`button ${kind} ${size ?? ""}`} href={href} {...(target && { target, rel: "noreferrer" })}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}
