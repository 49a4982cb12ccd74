import type { AppletHealth } from "../api/types";
import { formatNumber } from "../format";
import { useLanguage, useWords } from "../language";
import { errcodes, noAnswer, unknownErrcode } from "../messages/errcodes";
import { today } from "../messages/today";
import { Notice } from "../parts/notice";
import { Panel } from "../parts/panel";
import { Table } from "../parts/table";
import type { EndpointSum } from "./sums";

/** How WeChat's server does, and what its errcodes mean. */
export function WeChatPanel({
  endpoints,
  applets,
}: {
  endpoints: readonly EndpointSum[];
  applets: readonly AppletHealth[];
}) {
  const t = useWords(today);
  const { language } = useLanguage();
  const failures = new Map<string, number>();
  for (const { failures: own } of endpoints)
    for (const { outcome, count } of own) failures.set(outcome, (failures.get(outcome) ?? 0) + count);
  return (
    <Panel title={t.wechat} about={t.wechatAbout} flush>
      {endpoints.length === 0 ? (
        <div class="body soft">{t.wechatNone}</div>
      ) : (
        <Table
          caption={t.wechat}
          rows={endpoints}
          rowKey={({ endpoint }) => endpoint}
          columns={[
            { name: "", cell: ({ endpoint }) => <Endpoint name={endpoint} /> },
            { name: t.calls, cell: ({ calls }) => <span class="number">{formatNumber(calls, language)}</span> },
            {
              name: t.mean,
              cell: ({ meanMilliseconds }) => (
                <span class="number">
                  {meanMilliseconds === undefined
                    ? "—"
                    : `${formatNumber(Math.round(meanMilliseconds), language)} ${t.milliseconds}`}
                </span>
              ),
            },
            {
              name: t.failures,
              cell: ({ failures: own }) => (
                <span class="number">
                  {formatNumber(
                    own.reduce((sum, { count }) => sum + count, 0),
                    language,
                  )}
                </span>
              ),
            },
          ]}
        />
      )}
      {(failures.size > 0 || applets.length > 0) && (
        <div class="body stack tight">
          {[...failures].map(([outcome, count]) => (
            <Failure key={outcome} outcome={outcome} count={count} />
          ))}
          {applets.map(({ appId, state, running, waiting }) => (
            <div key={appId} class="row">
              <span class={`tag ${state === "open" ? "good" : "bad"}`}>{t.health[state]}</span>
              <code class="break">{appId}</code>
              <span class="small soft">
                {t.healthAbout[state]} {t.queue(running, waiting)}
              </span>
            </div>
          ))}
        </div>
      )}
    </Panel>
  );
}

function Endpoint({ name }: { name: string }) {
  const t = useWords(today);
  return (
    <>
      <strong>{t.endpoints[name] ?? name}</strong> <code class="small soft">{name}</code>
    </>
  );
}

/** An errcode explains itself. */
function Failure({ outcome, count }: { outcome: string; count: number }) {
  const t = useWords(today);
  const { language } = useLanguage();
  const known = useWords(errcodes);
  const unknown = useWords(unknownErrcode);
  const silent = useWords(noAnswer);
  const advice = outcome === "no_answer" ? silent : (known[Number(outcome)] ?? unknown);
  return (
    <Notice kind="warn">
      <strong>{advice.what}</strong> · {outcome === "no_answer" ? "" : `${t.errcode(outcome)} · `}
      {t.times(formatNumber(count, language))}
      <p>{advice.todo}</p>
    </Notice>
  );
}
