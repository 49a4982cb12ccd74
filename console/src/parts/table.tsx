import type { ComponentChildren } from "preact";
import { useWords } from "../language";
import type { Pages } from "../loaded";
import { parts } from "../messages/parts";
import { Button } from "./button";
import { Refusal, Waiting } from "./notice";

export interface Column<T> {
  name: string;
  cell(row: T): ComponentChildren;
  /** Numbers and times keep one line, at the end. */
  kind?: "end" | "tight";
}

interface TableProps<T> {
  /** What the table holds, for a screen reader. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey(row: T): string;
}

/** Rows and columns; on a narrow screen each row becomes a small card. */
export function Table<T>({ caption, columns, rows, rowKey }: TableProps<T>) {
  return (
    <div class="table-frame">
      <table class="table">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, kind }) => (
              <th key={name} scope="col" class={kind}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ name, kind, cell }) => (
                <td key={name} class={kind} data-label={name}>
                  <span>{cell(row)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A table that goes on: the first page, more on demand, and what to say when there is nothing. */
export function PagedTable<T>({
  pages,
  empty,
  ...table
}: Omit<TableProps<T>, "rows"> & { pages: Pages<T>; empty: ComponentChildren }) {
  const t = useWords(parts);
  const { items, more, error } = pages;
  if (more === undefined) return <Waiting lines={6} />;
  if (items.length === 0 && !error && !more) return <>{empty}</>;
  return (
    <>
      {items.length > 0 && <Table {...table} rows={items} />}
      {error ? (
        <div class="foot">
          <Refusal error={error} onRetry={pages.loadMore} />
        </div>
      ) : (
        more && (
          <div class="foot">
            <Button onClick={pages.loadMore}>{t.more}</Button>
          </div>
        )
      )}
    </>
  );
}
