import { createContext, type ComponentChildren } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import { session as api } from "../api/admin";
import { ApiError, setProof, whenSessionIsLost } from "../api/client";
import type { Session } from "../api/types";
import { useWords } from "../language";
import { Dialog } from "../parts/dialog";
import { Refusal, Waiting } from "../parts/notice";
import { Button } from "../parts/button";
import { session as words } from "../messages/session";
import { SignIn, TokenForm } from "./sign-in";

interface Signed extends Session {
  /** Whether this operator may change anything. */
  mayChange: boolean;
  signOut(): Promise<void>;
}

const Current = createContext<Signed | undefined>(undefined);

/** Who works here. Only below {@link SessionGate}. */
export function useSession(): Signed {
  const signed = useContext(Current);
  if (!signed) throw new Error("outside a session");
  return signed;
}

type State =
  | { at: "asking" }
  | { at: "failed"; error: ApiError }
  | { at: "out"; closed: boolean }
  | { at: "in"; session: Session };

/**
 * Shows the sign-in page to whoever has no session. When a session ends under an open page, asks for the token again on
 * top of it, so that nothing typed is lost.
 */
export function SessionGate({ children }: { children: ComponentChildren }) {
  const [state, setState] = useState<State>({ at: "asking" });
  const [lost, setLost] = useState(false);

  function enter(session: Session): void {
    setProof(session.proof);
    setLost(false);
    setState({ at: "in", session });
  }

  function look(): void {
    api.read().then(enter, (error: unknown) => {
      const refusal = error instanceof ApiError ? error : new ApiError(-1, "console", String(error));
      // Without administrators there is nobody to ask.
      const isOut = refusal.status === 401 || refusal.status === 404;
      setState(isOut ? { at: "out", closed: refusal.status === 404 } : { at: "failed", error: refusal });
    });
  }

  useEffect(() => {
    whenSessionIsLost(() => setLost(true));
    look();
  }, []);

  const signed = useMemo<Signed | undefined>(
    () =>
      state.at === "in"
        ? {
            ...state.session,
            mayChange: state.session.role === "owner",
            async signOut() {
              await api.close().catch(() => undefined);
              setProof("");
              setState({ at: "out", closed: false });
            },
          }
        : undefined,
    [state],
  );

  if (state.at === "asking") return <Waiting />;
  if (state.at === "failed") {
    return (
      <main class="alone">
        <Refusal error={state.error} onRetry={look} />
      </main>
    );
  }
  if (!signed) return <SignIn onSession={enter} closed={state.at === "out" && state.closed} />;
  return (
    <Current.Provider value={signed}>
      {children}
      {lost && <Lost former={signed.name} onSession={enter} />}
    </Current.Provider>
  );
}

/** The session is gone, or another one took its place in this browser. */
function Lost({ former, onSession }: { former: string; onSession(session: Session): void }) {
  const t = useWords(words);
  const [other, setOther] = useState(false);
  const accept = (session: Session): void => {
    if (session.name === former) onSession(session);
    else setOther(true);
  };
  useEffect(() => {
    // Signed in again in another tab? Then this one may go on, if it is the same person.
    api.read().then(accept, () => undefined);
  }, []);
  return (
    <Dialog title={t.again}>
      {other ? (
        <>
          <p>{t.other}</p>
          <Button kind="primary" onClick={() => location.reload()}>
            {t.reload}
          </Button>
        </>
      ) : (
        <>
          <p class="soft">{t.againAbout}</p>
          <TokenForm onSession={accept} inDialog />
        </>
      )}
    </Dialog>
  );
}
