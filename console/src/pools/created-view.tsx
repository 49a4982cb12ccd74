import { useState } from "preact/hooks";
import type { CreatedPool } from "../api/types";
import { useLanguage, useWords } from "../language";
import { pools } from "../messages/pools";
import { settings } from "../messages/settings";
import { ButtonLink } from "../parts/button";
import { Check } from "../parts/choice";
import { Copy } from "../parts/copy";
import { Notice } from "../parts/notice";
import { Page, Panel } from "../parts/panel";
import { place } from "../places";
import { textIn } from "../texts";
import { useLeaveWarning } from "./draft";

/** What a new pool's owner has to take away now. */
export function CreatedView({ created: { pool, secret, tokenKey } }: { created: CreatedPool }) {
  const t = useWords(pools);
  const s = useWords(settings);
  const { language } = useLanguage();
  const [saved, setSaved] = useState(false);
  useLeaveWarning(!saved, t.goneOnce);
  return (
    <Page title={t.createdTitle} lead={t.createdLead(textIn(pool.name, language))}>
      <div class="stack wide narrow">
        {pool.allowedApps === "*" && <Notice kind="warn">{s.warningStar}</Notice>}
        <Panel
          title={t.takeAway}
          foot={
            <>
              <Check checked={saved} onChecked={setSaved} label={t.savedIt} hint={t.goneOnce} />
              <span class="grow" />
              {saved && (
                <ButtonLink kind="primary" href={place.pool(pool.id, "integrate")}>
                  {t.goOn}
                </ButtonLink>
              )}
            </>
          }
        >
          <div class="stack">
            <div class="field">
              <h3>{t.poolId}</h3>
              <Copy value={pool.id} label={t.poolId} />
              <p class="hint">{t.poolIdAbout}</p>
            </div>
            <div class="field">
              <h3>{t.secret}</h3>
              <Copy value={secret} label={t.secret} />
              <p class="hint">{t.secretAbout}</p>
            </div>
            {tokenKey !== null && (
              <div class="field">
                <h3>{t.tokenKey}</h3>
                <Copy value={tokenKey} label={t.tokenKey} />
                <p class="hint">{t.tokenKeyAbout}</p>
              </div>
            )}
          </div>
        </Panel>
      </div>
    </Page>
  );
}
