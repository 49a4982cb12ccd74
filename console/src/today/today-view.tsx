import { useState } from "preact/hooks";
import { figures as api, pools as poolsApi } from "../api/admin";
import { formatNumber, formatRate } from "../format";
import { useLanguage, useWords } from "../language";
import { useLoaded } from "../loaded";
import { pools } from "../messages/pools";
import { today } from "../messages/today";
import { Button, ButtonLink } from "../parts/button";
import { Segments } from "../parts/choice";
import { Empty, Refusal, Waiting } from "../parts/notice";
import { Page, Panel } from "../parts/panel";
import { Table } from "../parts/table";
import { place } from "../places";
import { useSession } from "../session/session";
import { textIn } from "../texts";
import { Chart, labelOf } from "./chart";
import { Reasons } from "./reasons";
import { barsOf, endpointsOf, refusalsOf, spanOf, SPANS, totalsOf, type Bar, type SpanName } from "./sums";
import { WeChatPanel } from "./wechat-panel";

const ALL = "";

export function TodayView() {
  const t = useWords(today);
  const { language } = useLanguage();
  const [span, setSpan] = useState<SpanName>("day");
  const [pool, setPool] = useState(ALL);
  const names = useLoaded(poolsApi.names, []);
  const loaded = useLoaded(
    async (signal) => {
      const cut = spanOf(span, Date.now());
      const asked = { from: cut.from, to: cut.to, step: cut.step };
      const [logins, wechat, applets] = await Promise.all([
        api.logins(pool === ALL ? undefined : pool, asked, signal),
        api.wechat(asked, signal),
        api.applets(signal),
      ]);
      return { bars: barsOf(logins, cut), refusals: refusalsOf(logins), endpoints: endpointsOf(wechat), applets };
    },
    [span, pool],
  );
  const reload = loaded.state === "loading" ? undefined : loaded.reload;
  return (
    <Page
      title={t.title}
      action={
        <>
          {names.state === "ready" && names.value.length > 1 && (
            <select
              class="input auto"
              aria-label={t.pool}
              value={pool}
              onChange={(event) => setPool(event.currentTarget.value)}
            >
              <option value={ALL}>{t.allPools}</option>
              {names.value.map(({ id, name }) => (
                <option key={id} value={id}>
                  {textIn(name, language)}
                </option>
              ))}
            </select>
          )}
          <Segments
            legend={t.span}
            value={span}
            onValue={setSpan}
            options={SPANS.map((value) => ({ value, name: t.spans[value] }))}
          />
          <Button onClick={() => reload?.()} disabled={!reload}>
            {t.refresh}
          </Button>
        </>
      }
    >
      {loaded.state === "loading" && <Waiting lines={8} />}
      {loaded.state === "failed" && <Refusal error={loaded.error} onRetry={loaded.reload} />}
      {loaded.state === "ready" && (
        <>
          <Tiles bars={loaded.value.bars} endpoints={loaded.value.endpoints} />
          <Logins
            bars={loaded.value.bars}
            span={span}
            pool={pool}
            isNew={names.state === "ready" && names.value.length === 0}
          />
          <Reasons refusals={loaded.value.refusals} />
          <WeChatPanel endpoints={loaded.value.endpoints} applets={loaded.value.applets} />
        </>
      )}
    </Page>
  );
}

function Tiles({ bars, endpoints }: { bars: readonly Bar[]; endpoints: ReturnType<typeof endpointsOf> }) {
  const t = useWords(today);
  const { language } = useLanguage();
  const { ok, refused } = totalsOf(bars);
  const calls = endpoints.reduce((sum, endpoint) => sum + endpoint.calls, 0);
  const time = endpoints.reduce((sum, { meanMilliseconds = 0, calls: own }) => sum + meanMilliseconds * own, 0);
  const mean = calls === 0 ? "—" : `${formatNumber(Math.round(time / calls), language)} ${t.milliseconds}`;
  const tiles = [
    { name: t.logins, about: t.loginsAbout, value: formatNumber(ok, language) },
    { name: t.rate, about: t.rateAbout, value: formatRate(ok, ok + refused, language) },
    { name: t.refused, about: t.refusedAbout, value: formatNumber(refused, language) },
    { name: t.latency, about: t.latencyAbout, value: mean },
  ];
  return (
    <dl class="tiles">
      {tiles.map(({ name, about, value }) => (
        <div key={name} class="panel tile">
          <dt>{name}</dt>
          <dd>
            <span class="figure">{value}</span>
            <span class="small soft">{about}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface LoginsProps {
  bars: readonly Bar[];
  span: SpanName;
  pool: string;
  /** There is no pool yet. */
  isNew: boolean;
}

function Logins({ bars, span, pool, isNew }: LoginsProps) {
  const t = useWords(today);
  const { language } = useLanguage();
  const p = useWords(pools);
  const { mayChange } = useSession();
  const { ok, person, refused } = totalsOf(bars);
  const name = (at: number): string => labelOf(at, span, language);
  if (isNew) {
    return (
      <Panel title={t.chart}>
        <Empty icon="pools" title={p.emptyTitle}>
          <p>{p.emptyAbout}</p>
          {mayChange && (
            <ButtonLink kind="primary" icon="plus" href={place.newPool}>
              {p.create}
            </ButtonLink>
          )}
        </Empty>
      </Panel>
    );
  }
  if (ok + person + refused === 0) {
    return (
      <Panel title={t.chart}>
        <Empty icon="today" title={t.none}>
          <p>{t.noneAbout}</p>
          <ButtonLink href={pool === ALL ? place.pools : place.pool(pool, "integrate")}>{t.goPools}</ButtonLink>
        </Empty>
      </Panel>
    );
  }
  const peak = bars.reduce((most, bar) => (bar.ok > most.ok ? bar : most));
  return (
    <Panel
      title={t.chart}
      about={t.chartAbout(formatNumber(ok, language), formatNumber(refused, language), name(peak.at))}
    >
      <Chart bars={bars} span={span} />
      <details>
        <summary>{t.table}</summary>
        <Table
          caption={t.chart}
          rows={bars.filter((bar) => bar.ok + bar.person + bar.refused > 0)}
          rowKey={({ at }) => String(at)}
          columns={[
            { name: t.time, kind: "tight", cell: ({ at }) => name(at) },
            ...(["ok", "refused", "person"] as const).map((series) => ({
              name: t.series[series],
              cell: (bar: Bar) => <span class="number">{formatNumber(bar[series], language)}</span>,
            })),
          ]}
        />
      </details>
    </Panel>
  );
}
