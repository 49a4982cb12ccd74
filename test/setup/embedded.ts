import fs from "node:fs";
import path from "node:path";

/** Puts the login into another applet as docs/embedding.md says: its folder beside the host's, its entry into app.json. */
export function embed(host: string, subpackage: string, into: string): void {
  fs.rmSync(into, { recursive: true, force: true });
  fs.cpSync(host, into, { recursive: true });
  fs.cpSync(path.join(subpackage, "routes"), path.join(into, "routes"), { recursive: true });
  const read = (folder: string) => JSON.parse(fs.readFileSync(path.join(folder, "app.json"), "utf8")) as object;
  fs.writeFileSync(path.join(into, "app.json"), JSON.stringify({ ...read(host), ...read(subpackage) }));
}
