import { useState } from "preact/hooks";
import { audit as readAudit, pools as poolsApi, type AuditFilter } from "../api/admin";
import type { AuditEntry } from "../api/types";
import { useLanguage, useWords } from "../language";
import { useLoaded, usePages } from "../loaded";
import { audit } from "../messages/audit";
import { Button } from "../parts/button";
import { Field, SelectField, TextField } from "../parts/field";
import { Empty } from "../parts/notice";
import { Page } from "../parts/panel";
import { PagedTable, type Column } from "../parts/table";
import { Moment } from "../parts/time";
import { textIn } from "../texts";
import { Export } from "./export";

const BLANK = { pool: "", event: "", actor: "", subject: "", from: "", to: "" };
type Form = typeof BLANK;

const DAY = 86_400_000;

/** Days as the operator's own time zone has them. */
function filterOf(form: Form): AuditFilter {
  const day = (text: string): number => new Date(`${text}T00:00:00`).getTime();
  return {
    ...(form.pool !== "" && { pool: form.pool }),
    ...(form.event !== "" && { event: form.event }),
    ...(form.actor.trim() !== "" && { actor: form.actor.trim() }),
    ...(form.subject.trim() !== "" && { subject: form.subject.trim() }),
    ...(form.from !== "" && { from: day(form.from) }),
    ...(form.to !== "" && { to: day(form.to) + DAY }),
  };
}

export function AuditView() {
  const t = useWords(audit);
  const { language } = useLanguage();
  const names = useLoaded(poolsApi.names, []);
  const [filter, setFilter] = useState<AuditFilter>({});
  const pages = usePages((before, signal) => readAudit(filter, before, signal), [filter]);
  const known = names.state === "ready" ? names.value : [];
  const nameOf = (id: string): string => {
    const pool = known.find((one) => one.id === id);
    return pool ? textIn(pool.name, language) : id;
  };
  const columns: Column<AuditEntry>[] = [
    { name: t.time, kind: "tight", cell: ({ at }) => <Moment at={at} /> },
    {
      name: t.event,
      cell: ({ event, details }) => (
        <span class="lines">
          <strong>{t.events[event] ?? event}</strong>
          <code class="small soft">{event}</code>
          <Details details={details} />
        </span>
      ),
    },
    {
      name: t.actor,
      cell: ({ actor }) => t.actors[actor] ?? <code>{actor}</code>,
    },
    {
      name: t.subjectColumn,
      cell: ({ poolId, subject }) =>
        (poolId ?? subject) && (
          <span class="lines">
            {poolId && <span class="break">{nameOf(poolId)}</span>}
            <code class="small soft break">{subject ?? poolId}</code>
          </span>
        ),
    },
  ];
  return (
    <Page title={t.title} lead={t.lead} action={<Export filter={filter} />}>
      <FilterForm
        pools={known.map(({ id, name }) => ({ value: id, name: textIn(name, language) }))}
        onFilter={setFilter}
      />
      <section class="panel" aria-label={t.title}>
        <PagedTable
          caption={t.title}
          columns={columns}
          pages={pages}
          rowKey={({ id }) => id}
          empty={
            <Empty icon="audit" title={t.emptyTitle}>
              <p>{t.emptyAbout}</p>
            </Empty>
          }
        />
      </section>
    </Page>
  );
}

function Details({ details }: { details: AuditEntry["details"] }) {
  const parts = Object.entries(details).map(
    ([name, value]) => `${name}: ${Array.isArray(value) ? value.join(", ") : String(value)}`,
  );
  return parts.length > 0 && <span class="small soft break">{parts.join("; ")}</span>;
}

interface FilterProps {
  pools: { value: string; name: string }[];
  onFilter(filter: AuditFilter): void;
}

function FilterForm({ pools, onFilter }: FilterProps) {
  const t = useWords(audit);
  const [form, setForm] = useState(BLANK);
  const set = (part: Partial<Form>): void => setForm((former) => ({ ...former, ...part }));
  const any = { value: "", name: t.any };
  return (
    <form
      class="panel filters"
      onSubmit={(event) => {
        event.preventDefault();
        onFilter(filterOf(form));
      }}
    >
      <SelectField label={t.pool} value={form.pool} onValue={(pool) => set({ pool })} options={[any, ...pools]} />
      <SelectField
        label={t.event}
        value={form.event}
        onValue={(event) => set({ event })}
        options={[any, ...Object.entries(t.events).map(([value, name = value]) => ({ value, name }))]}
      />
      <TextField
        label={t.actor}
        mono
        placeholder={t.actorPlaceholder}
        value={form.actor}
        onValue={(actor) => set({ actor })}
      />
      <TextField label={t.subject} mono value={form.subject} onValue={(subject) => set({ subject })} />
      {(["from", "to"] as const).map((end) => (
        <Field key={end} label={t[end]}>
          {(control) => (
            <input
              {...control}
              class="input"
              type="date"
              value={form[end]}
              onInput={(event) => set({ [end]: event.currentTarget.value })}
            />
          )}
        </Field>
      ))}
      <div class="row">
        <Button type="submit" kind="primary">
          {t.apply}
        </Button>
        {JSON.stringify(form) !== JSON.stringify(BLANK) && (
          <Button
            kind="quiet"
            onClick={() => {
              setForm(BLANK);
              onFilter({});
            }}
          >
            {t.clear}
          </Button>
        )}
      </div>
    </form>
  );
}
