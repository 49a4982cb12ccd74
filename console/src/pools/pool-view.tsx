import { useRoute } from "preact-iso/router";
import { useEffect, useRef } from "preact/hooks";
import { pools as api } from "../api/admin";
import type { Pool } from "../api/types";
import { IntegrateView } from "../integrate/integrate-view";
import { useLanguage, useWords } from "../language";
import { useLoaded } from "../loaded";
import { pools } from "../messages/pools";
import { PeopleView } from "../people/people-view";
import { PersonView } from "../people/person-view";
import { Avatar } from "../parts/avatar";
import { Refusal, Waiting } from "../parts/notice";
import { Page } from "../parts/panel";
import { place } from "../places";
import { textIn } from "../texts";
import { BrandView } from "./brand/brand-view";
import { KeysView } from "./keys/keys-view";
import { SettingsView } from "./settings/settings-view";

const TABS = ["integrate", "people", "brand", "settings", "keys"] as const;
type Tab = (typeof TABS)[number];

export interface PoolTabProps {
  pool: Pool;
  onPool(pool: Pool): void;
}

const VIEWS: Record<Tab, (props: PoolTabProps) => preact.JSX.Element | null> = {
  integrate: IntegrateView,
  people: PeopleView,
  brand: BrandView,
  settings: SettingsView,
  keys: KeysView,
};

/** One pool: its name, its parts, and the part that is open. */
export function PoolView() {
  const t = useWords(pools);
  const { language } = useLanguage();
  const { params } = useRoute();
  const id = params["pool"] ?? "";
  const loaded = useLoaded((signal) => api.read(id, signal), [id]);
  const tab = TABS.find((name) => name === params["tab"]) ?? "integrate";
  const back = { href: place.pools, name: t.title };
  if (loaded.state !== "ready") {
    return (
      <Page title={id} back={back}>
        {loaded.state === "failed" ? <Refusal error={loaded.error} onRetry={loaded.reload} /> : <Waiting lines={8} />}
      </Page>
    );
  }
  const pool = loaded.value;
  const name = textIn(pool.name, language);
  const View = VIEWS[tab];
  const person = tab === "people" ? params["person"] : undefined;
  return (
    <Page
      title={name}
      tab={`${t.tab[tab]} · ${name}`}
      back={back}
      lead={<code>{pool.id}</code>}
      mark={<Avatar name={name} logo={pool.logo} color={pool.color} large />}
    >
      <Tabs pool={pool.id} open={tab} />
      {person ? (
        <PersonView key={person} pool={pool} id={person} />
      ) : (
        <View key={`${pool.id} ${pool.updatedAt}`} pool={pool} onPool={loaded.replace} />
      )}
    </Page>
  );
}

function Tabs({ pool, open }: { pool: string; open: Tab }) {
  const t = useWords(pools);
  const bar = useRef<HTMLElement>(null);
  // On a narrow screen the bar is longer than the screen. Not scrollIntoView: Chrome's Tab key would begin there, past the menu.
  useEffect(() => {
    const whole = bar.current?.getBoundingClientRect();
    const part = bar.current?.querySelector("[aria-current]")?.getBoundingClientRect();
    if (!whole || !part) return;
    bar.current?.scrollBy(Math.max(0, part.right - whole.right) + Math.min(0, part.left - whole.left), 0);
  }, [open]);
  return (
    <nav class="tabs" aria-label={t.tabs} ref={bar}>
      {TABS.map((one) => (
        <a key={one} href={place.pool(pool, one)} aria-current={one === open ? "page" : undefined}>
          {t.tab[one]}
        </a>
      ))}
    </nav>
  );
}
