import { useWords } from "../language";
import { parts } from "../messages/parts";
import { settings } from "../messages/settings";
import { Button } from "../parts/button";
import { Refusal } from "../parts/notice";
import { useLeaveWarning, type PoolDraft } from "./draft";

/** Within reach while something is unsaved. */
export function SaveBar({ changed, saving, reset, blocked }: PoolDraft & { blocked?: boolean }) {
  const t = useWords(settings);
  const common = useWords(parts);
  useLeaveWarning(changed.length > 0, t.leave);
  if (changed.length === 0) return null;
  return (
    <div class="save-bar">
      {saving.error && (
        <div class="whole">
          <Refusal error={saving.error} />
        </div>
      )}
      <span class="grow" role="status">
        {t.unsaved(changed.length)}
      </span>
      <Button kind="quiet" onClick={reset} disabled={saving.busy}>
        {t.discard}
      </Button>
      <Button kind="primary" type="submit" busy={saving.busy} disabled={blocked === true}>
        {common.save}
      </Button>
    </div>
  );
}
