import { useState } from "preact/hooks";
import { pools as api } from "../../api/admin";
import type { Pool, RotatedKey } from "../../api/types";
import { useWords } from "../../language";
import { useAction } from "../../loaded";
import { keys } from "../../messages/keys";
import { parts } from "../../messages/parts";
import { Button } from "../../parts/button";
import { Choice } from "../../parts/choice";
import { Dialog } from "../../parts/dialog";
import { Refusal } from "../../parts/notice";

const MINUTE = 60_000;
const DELAYS = { soon: 15 * MINUTE, day: 1440 * MINUTE, week: 7 * 1440 * MINUTE };
type When = keyof typeof DELAYS | "leaked";

interface Props {
  pool: Pool;
  onClose(): void;
  onRotated(key: RotatedKey): void;
}

/** When the new key signs is the operator's choice: its backends have to know it by then. */
export function RotateDialog({ pool, onClose, onRotated }: Props) {
  const t = useWords(keys);
  const common = useWords(parts);
  // Public keys are fetched by themselves; a shared one has to be carried to each backend.
  const [when, setWhen] = useState<When>(pool.tokenAlgorithm === "ES256" ? "soon" : "day");
  const rotating = useAction(async () => {
    const rotation = when === "leaked" ? { dropFormer: true as const } : { signsAt: Date.now() + DELAYS[when] };
    onRotated(await api.rotateKey(pool.id, rotation));
  });
  return (
    <Dialog title={t.rotateTitle} onClose={onClose} onSubmit={rotating.run}>
      <p class="soft">{t.rotateAbout}</p>
      <Choice legend={t.when} value={when} onValue={setWhen} options={t.whens} />
      <Refusal error={rotating.error} />
      <div class="actions">
        <Button onClick={onClose}>{common.cancel}</Button>
        <Button type="submit" kind={when === "leaked" ? "danger primary" : "primary"} busy={rotating.busy}>
          {t.rotate}
        </Button>
      </div>
    </Dialog>
  );
}
