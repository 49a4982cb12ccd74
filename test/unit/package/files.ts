import * as fs from "node:fs";
import path from "node:path";

export const REPOSITORY = path.resolve(__dirname, "../../..");
export const SOURCES = path.join(REPOSITORY, "miniprogram");
export const DIST = path.join(REPOSITORY, "dist");

/** Paths below a folder with this ending, relative to it and with forward slashes, without what was compiled or installed. */
export function filesIn(folder: string, ending: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => file.endsWith(ending) && !/(^|\/)(dist|node_modules)\//.test(file));
}

export function read(folder: string, file: string): string {
  return fs.readFileSync(path.join(folder, file), "utf8");
}
