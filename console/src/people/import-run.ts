import { people as api } from "../api/admin";
import type { ReadRow } from "./import-rows";

/** As many as one request carries. */
const PIECE = 200;

export interface Report {
  /** Those that can be imported, or could. */
  rows: ReadRow[];
  fresh: number;
  known: number;
  problems: { line: number; problem: string }[];
  stopped: boolean;
}

/** Sends the rows piece by piece. What was sent before it is stopped stays, and is known to the next import. */
export async function bringAll(
  pool: string,
  rows: readonly ReadRow[],
  dryRun: boolean,
  signal: AbortSignal,
  onProgress: (done: number, all: number) => void,
): Promise<Report> {
  const report: Report = { rows: [], fresh: 0, known: 0, problems: [], stopped: false };
  for (const { line, problem } of rows) if (problem) report.problems.push({ line, problem });
  const good = rows.filter(({ problem }) => problem === undefined);
  for (let start = 0; start < good.length; start += PIECE) {
    onProgress(start, good.length);
    const piece = good.slice(start, start + PIECE);
    const reply = await api
      .bring(
        pool,
        piece.map(({ row }) => row),
        dryRun,
        signal,
      )
      .catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    if (!reply) return { ...report, stopped: true };
    for (const [index, { outcome, reason = "phone" }] of reply.results.entries()) {
      const read = piece[index];
      if (!read) continue;
      if (outcome === "known") report.known++;
      else if (outcome === "invalid") report.problems.push({ line: read.line, problem: reason });
      else {
        report.fresh++;
        report.rows.push(read);
      }
    }
  }
  return report;
}
