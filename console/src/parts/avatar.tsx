import { useState } from "preact/hooks";
import { COLOR } from "../color";
import { initialOf } from "../texts";

interface AvatarProps {
  name: string;
  logo?: string | null | undefined;
  color?: string | null | undefined;
  large?: boolean;
}

/** A logo, else the first letter on its colour. Only https: the page's policy loads nothing else. */
export function Avatar({ name, logo, color, large }: AvatarProps) {
  const [broken, setBroken] = useState<string>();
  const painted = color && COLOR.test(color) ? { "--brand": color } : undefined;
  const shown = logo?.startsWith("https://") && broken !== logo ? logo : undefined;
  return (
    <span class={`avatar ${large ? "large" : ""} ${painted ? "painted" : ""}`} style={painted} aria-hidden="true">
      {shown ? <img src={shown} alt="" loading="lazy" onError={() => setBroken(shown)} /> : initialOf(name)}
    </span>
  );
}
