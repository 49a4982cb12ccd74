import { useEffect, useRef, useState } from "preact/hooks";
import { audit as readAudit, type AuditFilter } from "../api/admin";
import type { AuditEntry } from "../api/types";
import { formatNumber } from "../format";
import { useLanguage, useWords } from "../language";
import { useAction } from "../loaded";
import { audit } from "../messages/audit";
import { Button } from "../parts/button";
import { Refusal } from "../parts/notice";
import { csvOf } from "./csv";

const PIECE = 999;
/** Sheets understand UTF-8 only when it begins with this. */
const BYTE_ORDER_MARK = "\uFEFF";

/** Reads all that the filter leaves, page by page, and hands it over as a file. */
export function Export({ filter }: { filter: AuditFilter }) {
  const t = useWords(audit);
  const { language } = useLanguage();
  const [read, setRead] = useState(0);
  const control = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => control.current?.abort(), []);
  const exporting = useAction(async () => {
    const own = (control.current = new AbortController());
    setRead(0);
    const entries: AuditEntry[] = [];
    let before: string | undefined;
    do {
      const page = await readAudit(filter, before, own.signal, PIECE).catch((error: unknown) => {
        if (!own.signal.aborted) throw error;
      });
      if (!page) return;
      entries.push(...page.items);
      before = page.next;
      setRead(entries.length);
    } while (before !== undefined);
    hand(csvOf(entries));
  });
  return (
    <>
      <span role="status" class="small soft">
        {exporting.busy && t.exporting(formatNumber(read, language))}
      </span>
      {exporting.busy && <Button onClick={() => control.current?.abort()}>{t.exportStop}</Button>}
      <Button icon="download" busy={exporting.busy} onClick={exporting.run}>
        {t.exportCsv}
      </Button>
      <Refusal error={exporting.error} />
    </>
  );
}

function hand(csv: string): void {
  const address = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, csv], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `audit-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
