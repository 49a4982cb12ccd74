import { useWords } from "../../language";
import { keys } from "../../messages/keys";
import { Button } from "../../parts/button";
import { Copy } from "../../parts/copy";
import { Dialog } from "../../parts/dialog";
import { Notice } from "../../parts/notice";

/** A secret that nobody can read again. Only its button closes it. */
export function ShownOnce({ title, value, onStored }: { title: string; value: string; onStored(): void }) {
  const t = useWords(keys);
  return (
    <Dialog title={title} onSubmit={onStored}>
      <Notice kind="warn">{t.onceOnly}</Notice>
      <Copy value={value} label={title} />
      <div class="actions">
        <Button kind="primary" type="submit">
          {t.done}
        </Button>
      </div>
    </Dialog>
  );
}
