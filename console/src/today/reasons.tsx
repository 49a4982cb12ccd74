import { formatNumber } from "../format";
import { useLanguage, useWords } from "../language";
import { outcomes, whoseIs } from "../messages/outcomes";
import { today } from "../messages/today";
import { Panel } from "../parts/panel";
import type { Counted } from "./sums";

const TAGS = { person: "", rule: "warn", fault: "bad" } as const;

/** What was refused, what it means, and what to do. */
export function Reasons({ refusals }: { refusals: readonly Counted[] }) {
  const t = useWords(today);
  const meanings = useWords(outcomes);
  const { language } = useLanguage();
  const most = Math.max(1, ...refusals.map(({ count }) => count));
  return (
    <Panel title={t.reasons} about={refusals.length > 0 ? t.reasonsAbout : undefined}>
      {refusals.length === 0 ? (
        <p class="soft">{t.reasonsNone}</p>
      ) : (
        <ul class="reasons">
          {refusals.map(({ outcome, count }) => {
            const whose = whoseIs(outcome);
            const meaning = meanings[outcome];
            return (
              <li key={outcome}>
                <div class="row apart">
                  <span class="row">
                    <strong>{meaning?.what ?? outcome}</strong>
                    <span class={`tag ${TAGS[whose]}`}>{t.whose[whose]}</span>
                  </span>
                  <span class="number">{t.times(formatNumber(count, language))}</span>
                </div>
                <span class={`meter ${whose}`} aria-hidden="true">
                  <i style={{ width: `${(count / most) * 100}%` }} />
                </span>
                <p class="small soft">
                  <code>{outcome}</code> {meaning?.todo}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
