import { useState } from "preact/hooks";
import { people as api } from "../api/admin";
import type { Identity, Login, Person, Pool } from "../api/types";
import { useLanguage, useWords } from "../language";
import { useAction, useLoaded, usePages } from "../loaded";
import { outcomes, whoseIs } from "../messages/outcomes";
import { people } from "../messages/people";
import { Avatar } from "../parts/avatar";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { Notice, Refusal, Waiting } from "../parts/notice";
import { Panel } from "../parts/panel";
import { PagedTable, type Column } from "../parts/table";
import { Moment } from "../parts/time";
import { place } from "../places";
import { useSession } from "../session/session";
import { textIn } from "../texts";
import { PersonActions, type Done } from "./person-actions";

export function PersonView({ pool, id }: { pool: Pool; id: string }) {
  const t = useWords(people);
  const loaded = useLoaded((signal) => api.read(pool.id, id, signal), [pool.id, id]);
  const [done, setDone] = useState<Done>();
  const [erased, setErased] = useState(false);
  const back = (
    <a class="crumb" href={place.pool(pool.id, "people")}>
      <Icon name="back" />
      {t.back}
    </a>
  );
  if (erased) {
    return (
      <div class="stack">
        {back}
        <Notice kind="good">{t.erased}</Notice>
      </div>
    );
  }
  if (loaded.state === "loading") return <Waiting lines={6} />;
  if (loaded.state === "failed") {
    return (
      <div class="stack">
        {back}
        <Refusal error={loaded.error} onRetry={loaded.reload} />
      </div>
    );
  }
  const { user, identities } = loaded.value;
  return (
    <div class="stack">
      {back}
      <div class="row apart">
        <span class="who-cell">
          <Avatar name={user.nickname} large />
          <h2 class="break">{user.nickname}</h2>
          {user.blocked && <span class="tag bad">{t.blocked}</span>}
          {user.deletesAt !== null && <span class="tag warn">{t.leaves}</span>}
        </span>
        <PersonActions
          pool={pool.id}
          user={user}
          onUser={(next, what) => {
            loaded.replace({ user: next, identities });
            setDone(what);
          }}
          onErased={() => setErased(true)}
        />
      </div>
      <div role="status">{done && <Notice kind="good">{t.done[done]}</Notice>}</div>
      <div class="columns">
        <div class="first">
          <Panel title={t.account}>
            <Facts pool={pool.id} user={user} identities={identities} />
          </Panel>
        </div>
        <div class="main">
          <History pool={pool} user={user} key={`${user.blocked} ${user.tokensValidFrom}`} />
        </div>
      </div>
    </div>
  );
}

function Facts({ pool, user, identities }: { pool: string; user: Person; identities: Identity[] }) {
  const t = useWords(people);
  return (
    <dl class="facts">
      <dt>{t.id}</dt>
      <dd>
        <code>{user.id}</code>
      </dd>
      <dt>{t.phone}</dt>
      <dd>{user.phone === null ? <span class="soft">{t.none}</span> : <Phone pool={pool} user={user} />}</dd>
      <dt>unionid</dt>
      <dd>{user.unionid === null ? <span class="soft">{t.unionidNone}</span> : <code>{user.unionid}</code>}</dd>
      {identities.map(({ appId, openid }) => (
        <>
          <dt key={`${appId} name`}>openid</dt>
          <dd key={appId}>
            <code>{openid}</code>
            <div class="small soft">
              {t.appletColumn} <code>{appId}</code>
            </div>
          </dd>
        </>
      ))}
      <dt>{t.method}</dt>
      <dd>{t.methods[user.registerMethod] ?? user.registerMethod}</dd>
      <dt>{t.since}</dt>
      <dd>
        <Moment at={user.createdAt} />
      </dd>
      {user.deletesAt !== null && (
        <>
          <dt>{t.deletesAt}</dt>
          <dd>
            <Moment at={user.deletesAt} />
          </dd>
        </>
      )}
      {user.tokensValidFrom !== null && user.tokensValidFrom > 0 && (
        <>
          <dt>{t.tokensFrom}</dt>
          <dd>
            <Moment at={user.tokensValidFrom} />
          </dd>
        </>
      )}
    </dl>
  );
}

/** Masked until somebody asks, and the asking is audited. */
function Phone({ pool, user }: { pool: string; user: Person }) {
  const t = useWords(people);
  const { mayChange } = useSession();
  const [whole, setWhole] = useState<string | null>(null);
  const showing = useAction(async () => setWhole((await api.showPhone(pool, user.id)).phone));
  return (
    <div class="stack tight">
      <span class="row">
        <span class="number">{whole ?? user.phone}</span>
        {whole === null && mayChange && (
          <Button size="small" kind="quiet" icon="eye" busy={showing.busy} onClick={showing.run}>
            {t.show}
          </Button>
        )}
      </span>
      <span role="status" class="small soft">
        {whole !== null && t.shownNote}
      </span>
      <Refusal error={showing.error} />
    </div>
  );
}

function History({ pool, user }: { pool: Pool; user: Person }) {
  const t = useWords(people);
  const meanings = useWords(outcomes);
  const { language } = useLanguage();
  const pages = usePages((before, signal) => api.logins(pool.id, user.id, before, signal), [pool.id, user.id]);
  const nameOf = (appId: string | null): string => {
    if (appId === null) return t.unknownApp;
    const app = pool.allowedApps === "*" ? undefined : pool.allowedApps.find((one) => one.appId === appId);
    return app ? textIn(app.name, language) : appId;
  };
  const columns: Column<Login>[] = [
    { name: t.time, kind: "tight", cell: ({ at }) => <Moment at={at} /> },
    { name: t.app, cell: ({ callerAppId }) => nameOf(callerAppId) },
    {
      name: t.outcome,
      cell: ({ outcome }) => (
        <span>
          <span class={`tag ${outcome === "ok" ? "good" : whoseIs(outcome) === "fault" ? "bad" : "warn"}`}>
            {meanings[outcome]?.what ?? outcome}
          </span>
          {outcome !== "ok" && <code class="small soft"> {outcome}</code>}
        </span>
      ),
    },
  ];
  return (
    <Panel title={t.history} flush>
      <PagedTable
        caption={t.history}
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={<div class="body soft">{t.historyEmpty}</div>}
      />
    </Panel>
  );
}
