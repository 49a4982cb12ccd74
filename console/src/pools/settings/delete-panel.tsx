import { useLocation } from "preact-iso/router";
import { useState } from "preact/hooks";
import { pools as api } from "../../api/admin";
import type { Pool } from "../../api/types";
import { useWords } from "../../language";
import { useAction } from "../../loaded";
import { settings } from "../../messages/settings";
import { Button } from "../../parts/button";
import { Confirm } from "../../parts/dialog";
import { Panel } from "../../parts/panel";
import { place } from "../../places";
import { mainText } from "../../texts";

export function DeletePanel({ pool }: { pool: Pool }) {
  const t = useWords(settings);
  const { route } = useLocation();
  const [asked, setAsked] = useState(false);
  const removing = useAction(async () => {
    await api.remove(pool.id);
    route(place.pools);
  });
  const name = mainText(pool.name);
  return (
    <>
      <Panel
        id="delete"
        title={t.dangerTitle}
        about={t.dangerAbout}
        foot={
          <Button kind="danger" icon="trash" onClick={() => setAsked(true)}>
            {t.remove}
          </Button>
        }
      />
      {asked && (
        <Confirm
          title={t.removeTitle(name)}
          typed={name}
          act={t.remove}
          danger
          busy={removing.busy}
          error={removing.error}
          onConfirm={removing.run}
          onClose={() => setAsked(false)}
        >
          <p>{t.dangerAbout}</p>
          <p class="soft">{t.removeAbout}</p>
        </Confirm>
      )}
    </>
  );
}
