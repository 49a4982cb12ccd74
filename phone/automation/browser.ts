import { execFile } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { chromium, type Browser } from "playwright-core";
import { PHONE_FOLDER } from "../src/bundle";

const CACHE = path.join(PHONE_FOLDER, "../.cache");

/** Where Chrome and Chromium are usually installed. */
const USUAL_PLACES = [
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

interface Found {
  executablePath: string;
  /** What the program needs to find its own libraries and fonts. */
  environment?: Record<string, string>;
}

/** A headless browser: CHROMIUM_PATH, else the one installed here, else the one that came with `npm ci`. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, environment = {} } = await findBrowser();
  return chromium.launch({
    executablePath,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--disable-lcd-text"],
    env: { ...process.env, ...environment },
  });
}

async function findBrowser(): Promise<Found> {
  const named = process.env["CHROMIUM_PATH"];
  if (named) return { executablePath: named };
  const installed = USUAL_PLACES.find((place) => fs.existsSync(place));
  return installed ? { executablePath: installed } : fromNpm();
}

/**
 * @sparticuz/chromium unpacks itself into the temporary folder and reuses whatever lies there, of another version too;
 * so it unpacks in a process of its own, into a folder of this repository, once. Told that it runs on Lambda it adds
 * the libraries (nss, nspr) that a bare machine lacks.
 */
async function fromNpm(): Promise<Found> {
  const manifest = path.resolve(createRequire(__filename).resolve("@sparticuz/chromium"), "../../../package.json");
  const { version } = JSON.parse(fs.readFileSync(manifest, "utf8")) as { version: string };
  const folder = path.join(CACHE, `chromium-${version}`);
  if (!fs.existsSync(folder)) {
    fs.mkdirSync(CACHE, { recursive: true });
    const unpacking = fs.mkdtempSync(path.join(CACHE, "chromium-"));
    await promisify(execFile)(
      process.execPath,
      [
        "-e",
        'require("@sparticuz/chromium").executablePath().catch((error) => { console.error(error); process.exit(1); })',
      ],
      { cwd: PHONE_FOLDER, env: { ...process.env, TMPDIR: unpacking, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" } },
    );
    try {
      fs.renameSync(unpacking, folder);
    } catch (error) {
      // Another test file's worker was faster.
      if (!fs.existsSync(folder)) throw error;
      fs.rmSync(unpacking, { recursive: true, force: true });
    }
  }
  const environment = {
    LD_LIBRARY_PATH: path.join(folder, "al2023/lib"),
    ...(fs.existsSync("/etc/fonts") ? {} : { FONTCONFIG_PATH: path.join(folder, "fonts") }),
  };
  return { executablePath: path.join(folder, "chromium"), environment };
}
