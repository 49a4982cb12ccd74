import type { PoolTabProps } from "../pool-view";
import { useWords } from "../../language";
import { settings } from "../../messages/settings";
import { Check, Choice } from "../../parts/choice";
import { NumberField } from "../../parts/field";
import { Panel } from "../../parts/panel";
import { useSession } from "../../session/session";
import { AlgorithmChoice, ExchangeChoice, isGuarded, PhoneChoice } from "../choices";
import { usePoolDraft } from "../draft";
import { SaveBar } from "../save-bar";
import { AgreementsPanel } from "./agreements-panel";
import { AppletPanel } from "./applet-panel";
import { DeletePanel } from "./delete-panel";

const DAY_SECONDS = 86_400;

const SECTIONS = [
  ["applet", "appletTitle"],
  ["exchange", "exchangeTitle"],
  ["phone", "phoneTitle"],
  ["agreements", "agreementsTitle"],
  ["accounts", "accountsTitle"],
  ["tokens", "tokensTitle"],
  ["delete", "dangerTitle"],
] as const;

export function SettingsView({ pool, onPool }: PoolTabProps) {
  const t = useWords(settings);
  const { mayChange } = useSession();
  const edit = usePoolDraft(pool, onPool);
  const { draft, change } = edit;
  const fixed = { disabled: !mayChange };
  return (
    <form
      class="columns"
      onSubmit={(event) => {
        event.preventDefault();
        edit.saving.run();
      }}
    >
      <div class="index first">
        <nav aria-label={t.index}>
          {SECTIONS.map(([id, title]) => (
            <a key={id} href={`#${id}`}>
              {t[title]}
            </a>
          ))}
        </nav>
      </div>
      <div class="stack wide main">
        <AppletPanel {...edit} stored={pool} fixed={!mayChange} />
        <Panel id="exchange" title={t.exchangeTitle} about={t.exchangeAbout}>
          <div class="stack">
            <ExchangeChoice
              {...fixed}
              guarded={isGuarded(draft)}
              value={draft.exchange}
              onValue={(exchange) => change({ exchange, ...(exchange === "pkce" && { requirePkce: true }) })}
            />
            <Check
              checked={draft.requirePkce}
              onChecked={(requirePkce) => change({ requirePkce })}
              label={t.requirePkce}
              hint={t.requirePkceHint}
              disabled={!mayChange || draft.exchange === "pkce"}
            />
            <NumberField
              {...fixed}
              label={t.ticketTtl}
              hint={t.ticketTtlHint}
              value={draft.ticketTtlSeconds}
              onValue={(ticketTtlSeconds) => change({ ticketTtlSeconds })}
              min={30}
              max={600}
              unit={t.seconds}
            />
            <Choice
              {...fixed}
              legend={t.responseStyle}
              value={draft.responseStyle}
              onValue={(responseStyle) => change({ responseStyle })}
              options={[
                { value: "user", name: t.styleUser, about: t.styleUserAbout },
                { value: "envelope", name: t.styleEnvelope, about: t.styleEnvelopeAbout },
              ]}
            />
          </div>
        </Panel>
        <Panel id="phone" title={t.phoneTitle} about={t.phoneAbout}>
          <div class="stack">
            <PhoneChoice {...fixed} value={draft.phone} onValue={(phone) => change({ phone })} />
            {draft.phone !== "never" && (
              <>
                <Check
                  {...fixed}
                  checked={draft.phoneOptional}
                  onChecked={(phoneOptional) => change({ phoneOptional })}
                  label={t.phoneOptional}
                  hint={t.phoneOptionalHint}
                />
                <NumberField
                  {...fixed}
                  label={t.phoneMaxAge}
                  hint={t.phoneMaxAgeHint}
                  value={draft.phoneMaxAgeDays}
                  onValue={(phoneMaxAgeDays) => change({ phoneMaxAgeDays })}
                  min={0}
                  max={3650}
                  unit={t.days}
                />
              </>
            )}
          </div>
        </Panel>
        <AgreementsPanel {...fixed} value={draft.agreements} onValue={(agreements) => change({ agreements })} />
        <Panel id="accounts" title={t.accountsTitle}>
          <div class="stack">
            <Check
              {...fixed}
              checked={draft.loginOnly}
              onChecked={(loginOnly) => change({ loginOnly })}
              label={t.loginOnly}
              hint={t.loginOnlyHint}
            />
            <NumberField
              {...fixed}
              label={t.grace}
              hint={t.graceHint}
              value={draft.deletionGraceDays}
              onValue={(deletionGraceDays) => change({ deletionGraceDays })}
              min={0}
              max={30}
              unit={t.days}
            />
          </div>
        </Panel>
        <Panel id="tokens" title={t.tokensTitle}>
          <div class="stack">
            <NumberField
              {...fixed}
              label={t.tokenTtl}
              hint={t.tokenTtlHint}
              value={Math.max(1, Math.round(draft.tokenTtlSeconds / DAY_SECONDS))}
              onValue={(days) => change({ tokenTtlSeconds: days * DAY_SECONDS })}
              min={1}
              max={365}
              unit={t.days}
            />
            <AlgorithmChoice disabled value={pool.tokenAlgorithm} onValue={() => undefined} />
          </div>
        </Panel>
        <SaveBar {...edit} />
        {mayChange && <DeletePanel pool={pool} />}
      </div>
    </form>
  );
}
