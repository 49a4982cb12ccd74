import { hash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** One file of the console's page, ready to be sent. */
export interface PageFile {
  type: string;
  plain: Buffer;
  brotli: Buffer;
  etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** Where the console's build puts its page. */
const FOLDER = path.join(
  path.dirname(createRequire(__filename).resolve("@app2wxapp/console/package.json")),
  "dist/page",
);

/** The files by name, read once; empty when the console was not built. */
export function readPage(folder = FOLDER): ReadonlyMap<string, PageFile> {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return new Map(names.map((name) => [name, prepared(name, fs.readFileSync(path.join(folder, name)))]));
}

function prepared(name: string, plain: Buffer): PageFile {
  const type = TYPES[path.extname(name)] ?? "application/octet-stream";
  const brotli = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  return { type, plain, brotli, etag: `"${hash("sha256", plain, "base64url")}"` };
}
