import { useEffect, useState } from "preact/hooks";
import { session as api } from "../api/admin";
import type { ApiError } from "../api/client";
import type { Session } from "../api/types";
import { useWords } from "../language";
import { useAction } from "../loaded";
import { session as words } from "../messages/session";
import { Button } from "../parts/button";
import { Copy } from "../parts/copy";
import { TextField } from "../parts/field";
import { Mark } from "../parts/icon";
import { Notice, Refusal } from "../parts/notice";
import { Tastes } from "../shell/tastes";

/** How to make a token that is long enough. */
const EXAMPLE = "ADMIN_TOKENS=me:$(openssl rand -hex 32)";

export function SignIn({ onSession, closed }: { onSession(session: Session): void; closed: boolean }) {
  const t = useWords(words);
  useEffect(() => {
    document.title = `${t.title} · app2wxapp`;
  }, [t]);
  return (
    <main class="alone">
      <div class="gate panel">
        <div class="stack">
          <span class="gate-mark">
            <Mark />
          </span>
          <div>
            <h1>{t.title}</h1>
            <p class="soft">{t.lead}</p>
          </div>
          {closed ? (
            <Notice kind="warn">
              <strong>{t.closed}</strong>
              <p>{t.closedAbout}</p>
              <code class="break">{EXAMPLE}</code>
            </Notice>
          ) : (
            <>
              <TokenForm onSession={onSession} />
              <Where />
            </>
          )}
        </div>
      </div>
      <div class="gate-tastes">
        <Tastes />
      </div>
    </main>
  );
}

function Where() {
  const t = useWords(words);
  return (
    <details>
      <summary>{t.where}</summary>
      <div class="stack tight small">
        <p>{t.whereAbout}</p>
        <Copy value={EXAMPLE} label="ADMIN_TOKENS" />
        <p>{t.whereReader}</p>
        <p>{t.whereDemo}</p>
      </div>
    </details>
  );
}

/** In a dialog the form around it is the dialog's own. */
export function TokenForm({ onSession, inDialog }: { onSession(session: Session): void; inDialog?: boolean }) {
  const t = useWords(words);
  const [token, setToken] = useState("");
  const opening = useAction(async () => {
    onSession(await api.open(token.trim()));
  });
  const fields = (
    <>
      <TextField
        label={t.token}
        type="password"
        mono
        required
        autofocus
        autocomplete="current-password"
        value={token}
        onValue={setToken}
      />
      <Denied error={opening.error} />
      <Button
        kind="primary"
        size="wide"
        {...(inDialog ? { onClick: opening.run } : { type: "submit" as const })}
        busy={opening.busy}
      >
        {t.submit}
      </Button>
    </>
  );
  if (inDialog) return <div class="stack">{fields}</div>;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        opening.run();
      }}
    >
      {fields}
    </form>
  );
}

function Denied({ error }: { error: ApiError | undefined }) {
  const t = useWords(words);
  if (error?.status === 401) return <Notice kind="bad">{t.wrong}</Notice>;
  if (error?.status === 429) return <Notice kind="bad">{t.limited(error.retryAfterSeconds ?? 60)}</Notice>;
  return <Refusal error={error} />;
}
