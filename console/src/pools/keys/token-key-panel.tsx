import { useState } from "preact/hooks";
import { pools as api } from "../../api/admin";
import type { Pool, RotatedKey } from "../../api/types";
import { useWords } from "../../language";
import { useAction } from "../../loaded";
import { keys } from "../../messages/keys";
import { Button } from "../../parts/button";
import { Confirm } from "../../parts/dialog";
import { Icon } from "../../parts/icon";
import { Panel } from "../../parts/panel";
import { Moment } from "../../parts/time";
import { useSession } from "../../session/session";
import { RotateDialog } from "./rotate-dialog";
import { ShownOnce } from "./shown-once";

/** The key that signs, the one that will, and the two steps between them. */
export function TokenKeyPanel({ stored }: { stored: Pool }) {
  const t = useWords(keys);
  const { mayChange } = useSession();
  const [pool, setPool] = useState(stored);
  const [asked, setAsked] = useState<"rotate" | "activate">();
  const [made, setMade] = useState<RotatedKey>();
  const reread = async (): Promise<void> => setPool(await api.read(pool.id, new AbortController().signal));
  const activating = useAction(async () => {
    await api.rotateKey(pool.id, { activateNow: true });
    setAsked(undefined);
    await reread();
  });
  const { kid, nextKid, nextKeySignsAt } = pool;
  return (
    <>
      <Panel
        title={`${t.tokenTitle} · ${pool.tokenAlgorithm}`}
        about={t.tokenAbout[pool.tokenAlgorithm]}
        foot={
          mayChange ? (
            nextKid === null ? (
              <Button onClick={() => setAsked("rotate")}>{t.rotate}</Button>
            ) : (
              <Button onClick={() => setAsked("activate")}>{t.activate}</Button>
            )
          ) : undefined
        }
      >
        <ol class="steps">
          <li class="good">
            <Icon name="key" />
            <div class="grow">
              <h3>{t.signing}</h3>
              <code class="small break">{kid}</code>
            </div>
          </li>
          {nextKid !== null && (
            <li class="todo">
              <Icon name="key" />
              <div class="grow">
                <h3>{t.next}</h3>
                <code class="small break">{nextKid}</code>
                {nextKeySignsAt !== null && (
                  <p class="small soft">
                    {t.signsAt} <Moment at={nextKeySignsAt} />
                  </p>
                )}
              </div>
            </li>
          )}
        </ol>
      </Panel>
      {asked === "rotate" && (
        <RotateDialog
          pool={pool}
          onClose={() => setAsked(undefined)}
          onRotated={(key) => {
            setAsked(undefined);
            setMade(key);
            void reread();
          }}
        />
      )}
      {asked === "activate" && (
        <Confirm
          title={t.activateTitle}
          act={t.activate}
          danger
          busy={activating.busy}
          error={activating.error}
          onConfirm={activating.run}
          onClose={() => setAsked(undefined)}
        >
          <p>{t.activateAbout}</p>
        </Confirm>
      )}
      {made && made.tokenKey !== null && (
        <ShownOnce title={t.newKey} value={made.tokenKey} onStored={() => setMade(undefined)} />
      )}
    </>
  );
}
