import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "./api/client";

export type Loaded<T> =
  | { state: "loading" }
  | { state: "failed"; error: ApiError; reload(): void }
  | { state: "ready"; value: T; reload(): void; replace(value: T): void };

type Outcome<T> = { value: T } | { error: ApiError } | undefined;

/** What a view needs from the server; asked again when `keys` change. An answer that comes too late is dropped. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, keys: readonly unknown[]): Loaded<T> {
  const [outcome, setOutcome] = useState<Outcome<T>>();
  const [round, setRound] = useState(0);
  const key = JSON.stringify(keys);
  useEffect(() => {
    const control = new AbortController();
    setOutcome(undefined);
    load(control.signal).then(
      (value) => !control.signal.aborted && setOutcome({ value }),
      (error: unknown) => !control.signal.aborted && setOutcome({ error: asApiError(error) }),
    );
    return () => control.abort();
    // The function is made anew with each picture; the keys say whether it asks for something else.
  }, [key, round]);
  const reload = useCallback(() => setRound((former) => former + 1), []);
  if (!outcome) return { state: "loading" };
  if ("error" in outcome) return { state: "failed", error: outcome.error, reload };
  return { state: "ready", value: outcome.value, reload, replace: (value) => setOutcome({ value }) };
}

export interface Pages<T> {
  items: T[];
  /** Undefined while the first page is on its way. */
  more: boolean | undefined;
  error: ApiError | undefined;
  loadMore(): void;
  reload(): void;
}

/** A list read page by page, each from where the last one ended. */
export function usePages<T>(
  load: (after: string | undefined, signal: AbortSignal) => Promise<{ items: T[]; next: string | undefined }>,
  keys: readonly unknown[],
): Pages<T> {
  const [list, setList] = useState<{ items: T[]; next: string | undefined; loaded: boolean; error?: ApiError }>(FRESH);
  const [round, setRound] = useState(0);
  const control = useRef<AbortController | undefined>(undefined);
  const key = JSON.stringify(keys);

  function loadFrom(former: T[], after: string | undefined): void {
    control.current?.abort();
    const own = new AbortController();
    control.current = own;
    pageFrom(after, own.signal).then(
      ({ items, next }) => !own.signal.aborted && setList({ items: [...former, ...items], next, loaded: true }),
      (error: unknown) =>
        !own.signal.aborted && setList({ items: former, next: after, loaded: true, error: asApiError(error) }),
    );
  }

  /** A page may hold nothing and still not be the last: the server looks at so many entries for each, however rare. */
  async function pageFrom(after: string | undefined, signal: AbortSignal) {
    let page = await load(after, signal);
    while (page.items.length === 0 && page.next !== undefined) page = await load(page.next, signal);
    return page;
  }

  useEffect(() => {
    setList(FRESH);
    loadFrom([], undefined);
    return () => control.current?.abort();
  }, [key, round]);

  return {
    items: list.items,
    more: list.loaded ? list.next !== undefined : undefined,
    error: list.error,
    loadMore: () => loadFrom(list.items, list.next),
    reload: () => setRound((former) => former + 1),
  };
}

const FRESH = { items: [], next: undefined, loaded: false };

export interface Action<A extends unknown[]> {
  run(...args: A): void;
  busy: boolean;
  error: ApiError | undefined;
  forget(): void;
}

/** Something the operator does: busy until it is answered, its refusal kept until the next try. */
export function useAction<A extends unknown[]>(act: (...args: A) => Promise<unknown>): Action<A> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const running = useRef(false);
  return {
    busy,
    error,
    forget: () => setError(undefined),
    run(...args) {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      setError(undefined);
      act(...args)
        .catch((problem: unknown) => setError(asApiError(problem)))
        .finally(() => {
          running.current = false;
          setBusy(false);
        });
    },
  };
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(-1, "console", error instanceof Error ? error.message : String(error));
}
