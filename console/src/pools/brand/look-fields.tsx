import type { Reasons } from "../../api/types";
import { COLOR, contrastWithWhite, LEAST_CONTRAST } from "../../color";
import { useWords } from "../../language";
import { brand } from "../../messages/brand";
import { Button } from "../../parts/button";
import { Field, TextField } from "../../parts/field";
import { LocalTextField } from "../../parts/local-text-field";
import { mainText } from "../../texts";

export interface Look {
  logo: string | null;
  color: string | null;
  reasons: Reasons;
}

const LOGO = /^https:\/\/[\x21-\x7e]{1,500}$/;
const REASON_LENGTH = 100;
/** What the picker shows while no colour is chosen: the applet's own. */
const UNCHOSEN = "#1f5c46";

/** Whether the server would take it. */
export function isLook({ logo, color }: { logo?: string | null; color?: string | null }): boolean {
  return (!logo || LOGO.test(logo)) && (!color || (COLOR.test(color) && contrastWithWhite(color) >= LEAST_CONTRAST));
}

interface Props {
  value: Look;
  onValue(part: Partial<Look>): void;
  disabled: boolean;
}

/** Logo, colour and reasons, of a pool or of one app. */
export function LookFields({ value: { logo, color, reasons }, onValue, disabled }: Props) {
  const t = useWords(brand);
  const reason = (part: Reasons): void => {
    const given = Object.entries({ ...reasons, ...part }).filter(([, text]) => mainText(text) !== "");
    onValue({ reasons: Object.fromEntries(given) });
  };
  const valid = color !== null && COLOR.test(color);
  const contrast = valid ? contrastWithWhite(color) : 0;
  const said = contrast.toFixed(1);
  return (
    <>
      <TextField
        label={t.logo}
        hint={t.logoHint}
        fault={logo && !LOGO.test(logo) ? t.logoFault : undefined}
        type="url"
        placeholder="https://"
        disabled={disabled}
        value={logo ?? ""}
        onValue={(text) => onValue({ logo: text.trim() === "" ? null : text.trim() })}
      />
      <Field
        label={t.color}
        hint={valid && contrast >= LEAST_CONTRAST ? t.contrastGood(said) : t.colorHint}
        fault={
          color !== null && !valid ? t.colorFault : valid && contrast < LEAST_CONTRAST ? t.contrastBad(said) : undefined
        }
      >
        {(control) => (
          <div class="row">
            <input
              class="input"
              type="color"
              aria-label={t.pickColor}
              disabled={disabled}
              value={valid ? color : UNCHOSEN}
              onInput={(event) => onValue({ color: event.currentTarget.value })}
            />
            <input
              {...control}
              class="input short mono"
              disabled={disabled}
              placeholder={UNCHOSEN}
              maxLength={7}
              value={color ?? ""}
              onInput={(event) => {
                const text = event.currentTarget.value.trim().toLowerCase();
                onValue({ color: text === "" ? null : text });
              }}
            />
            {color !== null && !disabled && (
              <Button kind="quiet" size="small" onClick={() => onValue({ color: null })}>
                {t.clear}
              </Button>
            )}
          </div>
        )}
      </Field>
      <LocalTextField
        label={t.phoneReason}
        hint={t.reasonHint}
        placeholder={t.phoneReasonPlaceholder}
        maxLength={REASON_LENGTH}
        disabled={disabled}
        value={reasons.phone}
        onValue={(phone) => reason({ phone })}
      />
      <LocalTextField
        label={t.identityReason}
        placeholder={t.identityReasonPlaceholder}
        maxLength={REASON_LENGTH}
        disabled={disabled}
        value={reasons.identity}
        onValue={(identity) => reason({ identity })}
      />
    </>
  );
}
