import { useEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../language";
import { useAction } from "../loaded";
import { importing } from "../messages/people";
import { parts } from "../messages/parts";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { TextField } from "../parts/field";
import { Notice, Refusal } from "../parts/notice";
import { bringAll, type Report } from "./import-run";
import { readRows, type ReadRow } from "./import-rows";

interface Props {
  pool: string;
  onClose(): void;
  onImported(): void;
}

/** A list, a dry run that says what would happen, and then the import, in pieces one can watch and stop. */
export function ImportDialog({ pool, onClose, onImported }: Props) {
  const t = useWords(importing);
  const common = useWords(parts);
  const [text, setText] = useState("");
  const [report, setReport] = useState<Report>();
  const [result, setResult] = useState<Report>();
  const [progress, setProgress] = useState<{ done: number; all: number; dry: boolean }>();
  const control = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => control.current?.abort(), []);

  const run = useAction(async (dry: boolean, rows: ReadRow[]) => {
    const own = (control.current = new AbortController());
    const onProgress = (done: number, all: number) => setProgress({ done, all, dry });
    try {
      const found = await bringAll(pool, rows, dry, own.signal, onProgress);
      if (dry) setReport(found);
      else {
        setResult(found);
        onImported();
      }
    } finally {
      setProgress(undefined);
    }
  });

  if (result) {
    return (
      <Dialog title={t.title} onClose={onClose} onSubmit={onClose}>
        <Notice kind={result.stopped ? "warn" : "good"}>
          {t.finished(result.fresh)}
          {result.stopped && <p>{t.stopped}</p>}
        </Notice>
        <div class="actions">
          <Button type="submit" kind="primary">
            {common.close}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t.title}
      onClose={progress ? undefined : onClose}
      onSubmit={() => (report ? run.run(false, report.rows) : run.run(true, readRows(text)))}
    >
      {report ? (
        <ReportView report={report} />
      ) : (
        <>
          <p>{t.about}</p>
          <TextField
            label={t.rows}
            hint={t.e164}
            lines={8}
            mono
            required
            placeholder={"+8613800138000,小林\n+8613900139000"}
            value={text}
            onValue={setText}
          />
          <label class="button secondary small file">
            {t.file}
            <input
              class="unseen"
              type="file"
              accept=".csv,.tsv,.txt,text/csv"
              onChange={(event) => void event.currentTarget.files?.[0]?.text().then(setText)}
            />
          </label>
        </>
      )}
      {progress && (
        <div class="stack tight" role="status">
          <span>{(progress.dry ? t.checking : t.running)(progress.done, progress.all)}</span>
          <progress value={progress.done} max={progress.all} aria-label={t.title} />
        </div>
      )}
      <Refusal error={run.error} />
      <div class="actions">
        {progress ? (
          <Button onClick={() => control.current?.abort()}>{t.stop}</Button>
        ) : (
          <Button onClick={onClose}>{common.cancel}</Button>
        )}
        {report && !progress && <Button onClick={() => setReport(undefined)}>{t.edit}</Button>}
        {report ? (
          <Button type="submit" kind="primary" busy={run.busy} disabled={report.fresh === 0}>
            {t.start(report.fresh)}
          </Button>
        ) : (
          <Button type="submit" kind="primary" busy={run.busy}>
            {t.dryRun}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

const SHOWN_PROBLEMS = 20;

function ReportView({ report: { fresh, known, problems } }: { report: Report }) {
  const t = useWords(importing);
  return (
    <div class="stack tight">
      {fresh > 0 ? <Notice kind="good">{t.fresh(fresh)}</Notice> : <Notice kind="warn">{t.nothing}</Notice>}
      {known > 0 && <Notice>{t.known(known)}</Notice>}
      {problems.length > 0 && (
        <Notice kind="warn">
          {t.invalid(problems.length)}
          <ul class="small">
            {problems.slice(0, SHOWN_PROBLEMS).map(({ line, problem }) => (
              <li key={line}>{t.line(line, t.reasons[problem] ?? problem)}</li>
            ))}
            {problems.length > SHOWN_PROBLEMS && <li>…</li>}
          </ul>
        </Notice>
      )}
    </div>
  );
}
