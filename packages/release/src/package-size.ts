import * as zlib from "node:zlib";
import { pack } from "miniprogram-ci/dist/ci/utils/pack";
import { BUDGET } from "./budget";
import type { Package } from "./job";

export interface PackageSize {
  files: { name: string; rawBytes: number; gzipBytes: number }[];
  /** The sum over the files. */
  rawBytes: number;
  /** Of the whole in the container that upload sends; the files' own figures do not add up to it. */
  gzipBytes: number;
}

export function measure(files: Package): PackageSize {
  const lines = Object.entries(files).map(([name, content]) => ({
    name,
    rawBytes: content.length,
    gzipBytes: zlib.gzipSync(content).length,
  }));
  return {
    files: lines,
    rawBytes: lines.reduce((sum, line) => sum + line.rawBytes, 0),
    gzipBytes: zlib.gzipSync(pack(files).buffer).length,
  };
}

/** One sentence for each budget that the package exceeds by more than `room`. */
export function excesses(size: PackageSize, room = 0): string[] {
  const kinds = [
    ["raw", "rawBytes"],
    ["gzip", "gzipBytes"],
  ] as const;
  return kinds
    .filter(([, key]) => size[key] > BUDGET[key] + room)
    .map(([kind, key]) => `the package has ${size[key]} bytes (${kind}), ${size[key] - BUDGET[key]} over its budget`);
}

/** A table with a line per file, heaviest first, then the whole and the budget. */
export function table(size: PackageSize): string {
  const files = size.files.toSorted((a, b) => b.rawBytes - a.rawBytes);
  const rows = [
    ["raw", "gzip", ""],
    ...files.map((file) => [file.rawBytes, file.gzipBytes, file.name]),
    [size.rawBytes, size.gzipBytes, "the package"],
    [BUDGET.rawBytes, BUDGET.gzipBytes, "budget"],
  ];
  return rows.map(([raw, gzip, name]) => `${String(raw).padStart(7)} ${String(gzip).padStart(7)}  ${name}`).join("\n");
}
