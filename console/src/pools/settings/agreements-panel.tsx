import type { Agreement } from "../../api/types";
import { useWords } from "../../language";
import { settings } from "../../messages/settings";
import { Button } from "../../parts/button";
import { Check } from "../../parts/choice";
import { TextField } from "../../parts/field";
import { LocalTextField } from "../../parts/local-text-field";
import { Panel } from "../../parts/panel";

const MOST = 10;

interface Props {
  value: Agreement[];
  onValue(value: Agreement[]): void;
  disabled: boolean;
}

export function AgreementsPanel({ value, onValue, disabled }: Props) {
  const t = useWords(settings);
  const replace = (index: number, part: Partial<Agreement>): void =>
    onValue(value.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <Panel
      id="agreements"
      title={t.agreementsTitle}
      about={t.agreementsAbout}
      action={
        !disabled &&
        value.length < MOST && (
          <Button
            size="small"
            icon="plus"
            onClick={() => onValue([...value, { title: "", text: "", version: "", required: true }])}
          >
            {t.addAgreement}
          </Button>
        )
      }
    >
      {value.length === 0 ? (
        <p class="soft">{t.noAgreements}</p>
      ) : (
        <div class="stack wide">
          {value.map((agreement, index) => (
            <fieldset key={index} class="stack inset" disabled={disabled}>
              <legend class="unseen">{t.agreement(index + 1)}</legend>
              <div class="pair">
                <LocalTextField
                  label={t.agreementTitle}
                  required
                  maxLength={100}
                  value={agreement.title}
                  onValue={(title) => replace(index, { title })}
                />
                <TextField
                  label={t.agreementVersion}
                  hint={t.agreementVersionHint}
                  required
                  maxLength={64}
                  value={agreement.version}
                  onValue={(version) => replace(index, { version })}
                />
              </div>
              <LocalTextField
                label={t.agreementText}
                required
                lines={5}
                maxLength={50_000}
                value={agreement.text}
                onValue={(text) => replace(index, { text })}
              />
              <div class="row apart">
                <Check
                  checked={agreement.required}
                  onChecked={(required) => replace(index, { required })}
                  label={t.agreementRequired}
                />
                <Button
                  kind="quiet"
                  size="small"
                  icon="trash"
                  onClick={() => onValue(value.filter((_, at) => at !== index))}
                >
                  {t.removeAgreement}
                  <span class="unseen"> {t.agreement(index + 1)}</span>
                </Button>
              </div>
            </fieldset>
          ))}
        </div>
      )}
    </Panel>
  );
}
