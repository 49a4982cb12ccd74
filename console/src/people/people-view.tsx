import { useState } from "preact/hooks";
import { people as api, surroundings, type Search } from "../api/admin";
import type { Person, Pool } from "../api/types";
import { formatNumber } from "../format";
import { useLanguage, useWords } from "../language";
import { useLoaded, usePages } from "../loaded";
import { people } from "../messages/people";
import { Avatar } from "../parts/avatar";
import { Button } from "../parts/button";
import { Empty } from "../parts/notice";
import { PagedTable, type Column } from "../parts/table";
import { Ago } from "../parts/time";
import { place } from "../places";
import { useSession } from "../session/session";
import { ImportDialog } from "./import-dialog";
import { guessKind, searchOf, type SearchKind } from "./search";

export function PeopleView({ pool }: { pool: Pool }) {
  const t = useWords(people);
  const { language } = useLanguage();
  const { mayChange } = useSession();
  const [search, setSearch] = useState<Search>({ by: "all" });
  const [importing, setImporting] = useState(false);
  const pages = usePages((after, signal) => api.list(pool.id, search, after, signal), [pool.id, search]);
  const bring = mayChange && (
    <Button icon="upload" onClick={() => setImporting(true)}>
      {t.bring}
    </Button>
  );
  const columns: Column<Person>[] = [
    {
      name: t.nickname,
      cell: ({ id, nickname }) => (
        <a class="who-cell" href={place.person(pool.id, id)}>
          <Avatar name={nickname} />
          <span>
            <strong>{nickname}</strong>
            <code class="soft">{id}</code>
          </span>
        </a>
      ),
    },
    {
      name: t.phone,
      kind: "tight",
      cell: ({ phone }) => <span class="number">{phone ?? <span class="soft">{t.none}</span>}</span>,
    },
    { name: t.logins, cell: ({ loginsCount }) => <span class="number">{formatNumber(loginsCount, language)}</span> },
    {
      name: t.last,
      kind: "tight",
      cell: ({ lastLoginAt }) =>
        lastLoginAt === null ? <span class="soft">{t.never}</span> : <Ago at={lastLoginAt} />,
    },
    { name: t.since, kind: "tight", cell: ({ createdAt }) => <Ago at={createdAt} /> },
    {
      name: t.state,
      cell: ({ blocked, loginsCount, registerMethod }) =>
        blocked ? (
          <span class="tag bad">{t.blocked}</span>
        ) : registerMethod === "import" && loginsCount === 0 ? (
          <span class="tag">{t.imported}</span>
        ) : (
          <span class="tag good">{t.fine}</span>
        ),
    },
  ];
  return (
    <div class="stack">
      <div class="row apart top">
        <SearchForm pool={pool} onSearch={setSearch} searching={search.by !== "all"} />
        {bring}
      </div>
      <section class="panel" aria-label={t.title}>
        <PagedTable
          caption={t.title}
          columns={columns}
          pages={pages}
          rowKey={({ id }) => id}
          empty={
            search.by === "all" ? (
              <Empty icon="people" title={t.emptyTitle}>
                <p>{t.emptyAbout}</p>
              </Empty>
            ) : (
              <Empty icon="search" title={t.noMatchTitle}>
                <p>{t.noMatchAbout}</p>
              </Empty>
            )
          }
        />
      </section>
      {importing && <ImportDialog pool={pool.id} onClose={() => setImporting(false)} onImported={pages.reload} />}
    </div>
  );
}

const KINDS: readonly SearchKind[] = ["phone", "openid", "unionid", "id"];

interface SearchProps {
  pool: Pool;
  onSearch(search: Search): void;
  searching: boolean;
}

function SearchForm({ pool, onSearch, searching }: SearchProps) {
  const t = useWords(people);
  const around = useLoaded(surroundings, []);
  const shared = around.state === "ready" ? around.value.sharedApplet?.appId : undefined;
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<SearchKind>();
  const [applet, setApplet] = useState<string>();
  const wanted = text.trim();
  const kind = chosen ?? guessKind(wanted);
  const appId = applet ?? pool.wechatAppId ?? shared ?? "";
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(searchOf(wanted, kind, appId));
      }}
    >
      <div class="row">
        <input
          class="input grow"
          type="search"
          aria-label={t.search}
          placeholder={t.placeholder}
          autocomplete="off"
          spellcheck={false}
          maxLength={128}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setChosen(undefined);
          }}
        />
        <Button type="submit" icon="search">
          {t.submit}
        </Button>
        {searching && (
          <Button
            kind="quiet"
            onClick={() => {
              setText("");
              onSearch({ by: "all" });
            }}
          >
            {t.clear}
          </Button>
        )}
      </div>
      {wanted !== "" && (
        <div class="row small">
          <label class="row">
            {t.as}
            <select
              class="input slim"
              value={kind}
              onChange={(event) => setChosen(event.currentTarget.value as SearchKind)}
            >
              {KINDS.map((one) => (
                <option key={one} value={one}>
                  {t.asOptions[one]}
                </option>
              ))}
            </select>
          </label>
          {kind === "openid" && (
            <label class="row">
              {t.applet}
              <input
                class="input slim mono"
                value={appId}
                onInput={(event) => setApplet(event.currentTarget.value.trim())}
              />
            </label>
          )}
        </div>
      )}
    </form>
  );
}
