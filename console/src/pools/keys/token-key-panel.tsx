import { useState } from "preact/hooks";
import { pools as api } from "../../api/admin";
import type { Pool } from "../../api/types";
import { useWords } from "../../language";
import { useAction } from "../../loaded";
import { keys } from "../../messages/keys";
import { Button } from "../../parts/button";
import { Check } from "../../parts/choice";
import { Confirm } from "../../parts/dialog";
import { Panel } from "../../parts/panel";
import { useSession } from "../../session/session";
import { ShownOnce } from "./shown-once";

export function TokenKeyPanel({ pool }: { pool: Pool }) {
  const t = useWords(keys);
  const { mayChange } = useSession();
  const [asked, setAsked] = useState(false);
  const [leaked, setLeaked] = useState(false);
  const [made, setMade] = useState<{ kid: string; tokenKey: string | null }>();
  const rotating = useAction(async () => {
    setMade(await api.rotateKey(pool.id, leaked));
    setAsked(false);
  });
  return (
    <>
      <Panel
        title={`${t.tokenTitle} · ${pool.tokenAlgorithm}`}
        about={t.tokenAbout[pool.tokenAlgorithm]}
        foot={mayChange ? <Button onClick={() => setAsked(true)}>{t.rotate}</Button> : undefined}
      />
      {asked && (
        <Confirm
          title={t.rotateTitle}
          act={t.rotate}
          danger={leaked}
          busy={rotating.busy}
          error={rotating.error}
          onConfirm={rotating.run}
          onClose={() => setAsked(false)}
        >
          <p>{t.tokenAbout[pool.tokenAlgorithm]}</p>
          <Check checked={leaked} onChecked={setLeaked} label={t.leaked} hint={t.leakedHint} />
        </Confirm>
      )}
      {made && (
        <ShownOnce
          title={made.tokenKey === null ? t.kid : t.newKey}
          value={made.tokenKey ?? made.kid}
          onStored={() => setMade(undefined)}
        />
      )}
    </>
  );
}
