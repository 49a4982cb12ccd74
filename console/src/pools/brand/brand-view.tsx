import type { PoolTabProps } from "../pool-view";
import { useWords } from "../../language";
import { brand } from "../../messages/brand";
import { LocalTextField } from "../../parts/local-text-field";
import { Panel } from "../../parts/panel";
import { useSession } from "../../session/session";
import { usePoolDraft } from "../draft";
import { SaveBar } from "../save-bar";
import { AppsPanel } from "./apps-panel";
import { isLook, LookFields } from "./look-fields";
import { Preview } from "./preview";

/** Who may open the sign-in page, and how it looks then. */
export function BrandView({ pool, onPool }: PoolTabProps) {
  const t = useWords(brand);
  const { mayChange } = useSession();
  const edit = usePoolDraft(pool, onPool);
  const { draft, change } = edit;
  const apps = draft.allowedApps === "*" ? [] : draft.allowedApps;
  const blocked = !isLook(draft) || apps.some((app) => !isLook(app) || app.appId === "");
  return (
    <form
      class="columns"
      onSubmit={(event) => {
        event.preventDefault();
        if (!blocked) edit.saving.run();
      }}
    >
      <div class="stack wide">
        <AppsPanel draft={draft} change={change} disabled={!mayChange} />
        <Panel title={t.poolTitle} about={t.poolAbout}>
          <div class="stack">
            <LocalTextField
              label={t.name}
              hint={t.nameHint}
              required
              maxLength={64}
              disabled={!mayChange}
              value={draft.name}
              onValue={(name) => change({ name })}
            />
            <LookFields disabled={!mayChange} value={draft} onValue={change} />
          </div>
        </Panel>
        <SaveBar {...edit} blocked={blocked} />
      </div>
      <Preview draft={draft} />
    </form>
  );
}
