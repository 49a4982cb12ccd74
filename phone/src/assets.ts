import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { packageScript } from "./applet-package";
import { bundleBrowserSide, PHONE_FOLDER } from "./bundle";
import { text, type HttpCall, type HttpReply, type Route } from "./http-server";

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** The files of the phone's pages: its own, the font's, and the applet's package, made anew when its folder changed. */
export function assetRoute(appletFolder: string): Route {
  const bundle = bundleBrowserSide();
  const pages = path.join(PHONE_FOLDER, "src/browser");
  const fonts = path.dirname(createRequire(__filename).resolve("@fontsource-variable/noto-sans-sc/package.json"));
  const startedAt = Date.now();
  let packaged: { from: number; script: string } | undefined;

  function appletScript(): HttpReply {
    const from = newestIn(appletFolder);
    if (packaged?.from !== from) packaged = { from, script: packageScript(appletFolder) };
    return { type: TYPES[".js"]!, body: packaged.script, cache: true };
  }

  /** The frame of every start of the applet; its scripts have another address once they change, so they may be kept. */
  function appletPage(): HttpReply {
    const page = fs.readFileSync(path.join(pages, "applet/applet.html"), "utf8");
    return { type: TYPES[".html"]!, body: page.replaceAll("VERSION", `${startedAt}-${newestIn(appletFolder)}`) };
  }

  return async ({ method, path: asked }: HttpCall) => {
    if (method !== "GET") return undefined;
    if (asked === "/") return file(pages, "shell/shell.html");
    if (asked === "/favicon.svg" || asked === "/favicon.ico") return file(pages, "shell/favicon.svg");
    if (asked === "/applet/") return appletPage();
    if (asked === "/applet/package.js") return appletScript();
    if (asked.startsWith("/applet/package/")) return file(appletFolder, asked.slice("/applet/package/".length));
    if (asked.startsWith("/fonts/")) return file(fonts, asked.slice("/fonts/".length), true);
    const bundled = (await bundle).get(asked.slice(1));
    const isOfApplet = asked.startsWith("/applet.");
    return bundled && { type: TYPES[path.extname(asked)] ?? "text/plain", body: bundled, cache: isOfApplet };
  };
}

function file(folder: string, name: string, cache = false): HttpReply {
  const full = path.resolve(folder, decodeURIComponent(name));
  const type = TYPES[path.extname(full)];
  if (!full.startsWith(folder + path.sep) || type === undefined || !fs.existsSync(full)) return text(404, "Not found");
  return { type, body: fs.readFileSync(full), cache };
}

function newestIn(folder: string): number {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return Math.max(...entries.map((entry) => fs.statSync(path.join(entry.parentPath, entry.name)).mtimeMs));
}
