import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";

/** The phone's workspace folder, wherever this file was compiled to. */
export const PHONE_FOLDER = path.dirname(createRequire(__filename).resolve("@app2wxapp/phone/package.json"));

/** The browser side's files by name: `shell.js`, `shell.css`, `applet.js`, `applet.css`. */
export async function bundleBrowserSide(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    absWorkingDir: PHONE_FOLDER,
    entryPoints: { shell: "src/browser/shell/main.ts", applet: "src/browser/applet/main.ts" },
    outdir: path.join(PHONE_FOLDER, "dist/browser"),
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  return new Map(outputFiles.map((file) => [path.basename(file.path), file.contents]));
}
