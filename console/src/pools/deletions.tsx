import { useEffect, useRef } from "preact/hooks";
import { pools as api } from "../api/admin";
import { formatNumber } from "../format";
import { useLanguage, useWords } from "../language";
import { useLoaded } from "../loaded";
import { pools } from "../messages/pools";
import { Notice } from "../parts/notice";

const LOOK_AGAIN_MILLISECONDS = 1000;
const RECENTLY_MILLISECONDS = 10 * 60_000;

/** Pools that are being deleted, while they are, and those that were a moment ago. */
export function Deletions({ onDone }: { onDone(): void }) {
  const t = useWords(pools);
  const { language } = useLanguage();
  const list = useRefreshed();
  const running = list.filter(({ state }) => state === "running").length;
  const before = useRef(running);
  useEffect(() => {
    if (running < before.current) onDone();
    before.current = running;
  }, [running]);
  const recent = list.filter(
    ({ state, finishedAt }) => state === "running" || Date.now() - (finishedAt ?? 0) < RECENTLY_MILLISECONDS,
  );
  return (
    <>
      {recent.map((deletion) =>
        deletion.state === "running" ? (
          <Notice key={deletion.poolId}>
            <strong>{t.deleting(deletion.name)}</strong>
            <progress
              value={deletion.usersDeleted}
              max={Math.max(deletion.usersTotal, 1)}
              aria-label={t.deleting(deletion.name)}
            />
            <span class="small">
              {t.deletedOf(formatNumber(deletion.usersDeleted, language), formatNumber(deletion.usersTotal, language))}
            </span>
          </Notice>
        ) : (
          <Notice key={deletion.poolId} kind="good">
            {t.deleted(deletion.name)}
          </Notice>
        ),
      )}
    </>
  );
}

/** Asked for again each second while one runs. */
function useRefreshed() {
  const loaded = useLoaded(api.deletions, []);
  const last = useRef<Awaited<ReturnType<typeof api.deletions>>>([]);
  if (loaded.state === "ready") last.current = loaded.value;
  const running = loaded.state === "ready" && loaded.value.some(({ state }) => state === "running");
  const reload = loaded.state === "ready" ? loaded.reload : undefined;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setTimeout(() => reload?.(), LOOK_AGAIN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [running, reload, loaded]);
  return last.current;
}
