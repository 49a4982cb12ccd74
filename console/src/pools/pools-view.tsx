import { useState } from "preact/hooks";
import { pools as api } from "../api/admin";
import type { Pool } from "../api/types";
import { useLanguage, useWords } from "../language";
import { usePages } from "../loaded";
import { pools } from "../messages/pools";
import { Avatar } from "../parts/avatar";
import { ButtonLink } from "../parts/button";
import { Empty } from "../parts/notice";
import { Page } from "../parts/panel";
import { PagedTable, type Column } from "../parts/table";
import { Ago } from "../parts/time";
import { place } from "../places";
import { useSession } from "../session/session";
import { textIn } from "../texts";
import { Deletions } from "./deletions";

export function PoolsView() {
  const t = useWords(pools);
  const { language } = useLanguage();
  const { mayChange } = useSession();
  const [filter, setFilter] = useState("");
  const [round, setRound] = useState(0);
  const pages = usePages(api.list, [round]);
  const wanted = filter.trim().toLowerCase();
  const items = pages.items.filter(
    (pool) => pool.id.includes(wanted) || textIn(pool.name, language).toLowerCase().includes(wanted),
  );
  const create = mayChange && (
    <ButtonLink kind="primary" icon="plus" href={place.newPool}>
      {t.create}
    </ButtonLink>
  );
  const nothing = pages.more === false && pages.items.length === 0;
  const columns: Column<Pool>[] = [
    {
      name: t.name,
      cell: (pool) => (
        <a class="who-cell" href={place.pool(pool.id)}>
          <Avatar name={textIn(pool.name, language)} logo={pool.logo} color={pool.color} />
          <span>
            <strong>{textIn(pool.name, language)}</strong>
            <code class="soft">{pool.id}</code>
          </span>
        </a>
      ),
    },
    {
      name: t.launch,
      cell: ({ allowedApps }) =>
        allowedApps === "*" ? (
          <span class="tag warn">{t.anyApp}</span>
        ) : (
          <span class={allowedApps.length === 0 ? "tag warn" : ""}>{t.apps(allowedApps.length)}</span>
        ),
    },
    {
      name: t.exchange,
      cell: ({ exchange }) =>
        exchange === "open" ? <span class="tag warn">{t.exchanges.open}</span> : t.exchanges[exchange],
    },
    { name: t.applet, cell: ({ wechatAppId }) => (wechatAppId ? <code>{wechatAppId}</code> : t.sharedApplet) },
    { name: t.changed, kind: "tight", cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
  ];
  return (
    <Page title={t.title} lead={t.lead} action={!nothing && create}>
      <Deletions onDone={() => setRound((former) => former + 1)} />
      {!nothing && (pages.items.length > 5 || filter !== "") && (
        <input
          class="input filter"
          type="search"
          aria-label={t.filter}
          placeholder={t.filter}
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
      )}
      <section class="panel" aria-label={t.title}>
        <PagedTable
          caption={t.title}
          columns={columns}
          pages={{ ...pages, items }}
          rowKey={({ id }) => id}
          empty={
            wanted === "" ? (
              <Empty icon="pools" title={t.emptyTitle}>
                <p>{t.emptyAbout}</p>
                {create}
              </Empty>
            ) : (
              <Empty icon="search" title={t.noMatch} />
            )
          }
        />
      </section>
    </Page>
  );
}
