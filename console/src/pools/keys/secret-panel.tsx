import { useState } from "preact/hooks";
import { pools as api } from "../../api/admin";
import type { Pool } from "../../api/types";
import { useWords } from "../../language";
import { useAction } from "../../loaded";
import { keys } from "../../messages/keys";
import { Button } from "../../parts/button";
import { Confirm } from "../../parts/dialog";
import { Panel } from "../../parts/panel";
import { useSession } from "../../session/session";
import { ShownOnce } from "./shown-once";

export function SecretPanel({ pool }: { pool: Pool }) {
  const t = useWords(keys);
  const { mayChange } = useSession();
  const [asked, setAsked] = useState(false);
  const [secret, setSecret] = useState<string>();
  const replacing = useAction(async () => {
    setSecret((await api.replaceSecret(pool.id)).secret);
    setAsked(false);
  });
  return (
    <>
      <Panel
        title={t.secretTitle}
        about={t.secretAbout}
        foot={mayChange ? <Button onClick={() => setAsked(true)}>{t.replace}</Button> : undefined}
      >
        <code class="soft">••••••••••••••••</code>
      </Panel>
      {asked && (
        <Confirm
          title={t.replaceTitle}
          act={t.replace}
          danger
          busy={replacing.busy}
          error={replacing.error}
          onConfirm={replacing.run}
          onClose={() => setAsked(false)}
        >
          <p>{t.replaceAbout}</p>
        </Confirm>
      )}
      {secret !== undefined && <ShownOnce title={t.newSecret} value={secret} onStored={() => setSecret(undefined)} />}
    </>
  );
}
