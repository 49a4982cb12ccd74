import { hash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** One file of the console's page, ready to be sent, plain and as its build compressed it. */
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
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => !name.endsWith(".br")) : [];
  return new Map(names.map((name) => [name, fileOf(path.join(folder, name))]));
}

function fileOf(file: string): PageFile {
  const type = TYPES[path.extname(file)] ?? "application/octet-stream";
  const plain = fs.readFileSync(file);
  return { type, plain, brotli: fs.readFileSync(`${file}.br`), etag: `"${hash("sha256", plain, "base64url")}"` };
}
