import { useEffect, useMemo, useState } from "preact/hooks";
import { pools } from "../api/admin";
import type { Pool, PoolChange, PoolSettings } from "../api/types";
import { useAction } from "../loaded";

type Draft = PoolSettings & { wechatAppSecret?: string };

export interface PoolDraft {
  draft: Draft;
  change(part: Partial<Draft>): void;
  /** The fields that differ from what is stored. */
  changed: (keyof Draft)[];
  reset(): void;
  saving: ReturnType<typeof useAction<[]>>;
}

/** A pool's settings while they are edited. Saving sends what was changed, and is refused if somebody else was faster. */
export function usePoolDraft(pool: Pool, onSaved: (pool: Pool) => void): PoolDraft {
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const draft = useMemo<Draft>(() => ({ ...pool, ...edits }), [pool, edits]);
  const changed = (Object.keys(edits) as (keyof Draft)[]).filter(
    (name) => edits[name] !== "" && JSON.stringify(edits[name]) !== JSON.stringify((pool as Partial<Draft>)[name]),
  );
  const saving = useAction(async () => {
    const body = Object.fromEntries(changed.map((name) => [name, draft[name]])) as PoolChange;
    const { pool: saved } = await pools.change(pool.id, body, pool);
    setEdits({});
    onSaved(saved);
  });
  return {
    draft,
    changed,
    saving,
    change: (part) => setEdits((former) => ({ ...former, ...part })),
    reset: () => {
      setEdits({});
      saving.forget();
    },
  };
}

/** Asks before a link or a closed tab takes unsaved changes away. */
export function useLeaveWarning(unsaved: boolean, question: string): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
    const onClick = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!link || link.getAttribute("target") === "_blank" || link.getAttribute("href")?.startsWith("#")) return;
      // eslint-disable-next-line no-alert -- the browser's own question is the one that cannot be missed
      if (!window.confirm(question)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [unsaved, question]);
}
