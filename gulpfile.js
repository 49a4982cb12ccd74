"use strict";

const { spawn } = require("node:child_process");
const { readdirSync, readFileSync } = require("node:fs");
const fs = require("node:fs/promises");
const path = require("node:path");
const vm = require("node:vm");
const esbuild = require("esbuild");
const { dest, lastRun, parallel, series, src, watch } = require("gulp");

const SOURCES = "miniprogram";
const SHARED = "services/login.ts";

/** The applet: a script for the login with all it needs, which the app's and the page's scripts share. */
const WHOLE = {
  out: "dist",
  entries: ["app.ts", "routes/explore.ts", SHARED],
  folder: "",
  about: project,
};

/** The login as an independent subpackage of another applet: the page with all it needs, and nothing beside it. */
const EMBEDDED = { out: "dist-embedded", entries: ["routes/explore.ts"], folder: "routes/", about: subpackage };

const { out, entries, folder, about } = process.argv.includes("--embedded") ? EMBEDDED : WHOLE;

/** Copied as they are: WeChat's compiler makes the same package of minified ones. The protocol's package.json is not the applet's. */
const FILES = [`${SOURCES}/${folder}**/*.{json,wxml,wxs,png,jpg,webp,svg}`, `!${SOURCES}/protocol/**`];

const { readConfig, extProblems, demoProblems, warnings, help } = load("config-settings.ts");

/** What a module of the applet exports, for the build's own use. */
function load(file) {
  const entryPoints = [path.join(__dirname, SOURCES, file)];
  const { outputFiles } = esbuild.buildSync({ entryPoints, bundle: true, format: "cjs", write: false });
  const loaded = { exports: {} };
  vm.runInThisContext(`(module) => {${outputFiles[0].text}}`)(loaded);
  return loaded.exports;
}

/** An error for people: gulp prints its message and no stack. */
const mistake = (message) => Object.assign(new Error(message), { showStack: false });

/** The config to build, and what is wrong with the environment and ext.json. */
async function read() {
  const { config, problems } = readConfig(process.env);
  const ext = await fs.readFile(path.join(SOURCES, "ext.json"), "utf8").catch(() => "{}");
  return { config, problems: [...problems, ...extProblems(JSON.parse(ext).ext ?? {})] };
}

/** Every wrong setting is named before anything is written. */
async function configured() {
  const { config, problems } = await read();
  if (problems.length > 0) throw mistake(`the applet cannot be built with these settings:\n  ${problems.join("\n  ")}`);
  return config;
}

/** TypeScript 7 has no JavaScript API; its command checks, esbuild compiles. */
function types(done) {
  const tsc = path.resolve("node_modules/typescript/bin/tsc");
  const child = spawn(process.execPath, [tsc, "-p", "tsconfig.json", "--noEmit"], { stdio: "inherit" });
  child.on("exit", (code) => done(code ? mistake("tsc failed") : undefined));
}

/**
 * A file for each module would cost a third more of the package in what modules need to find each other. The config and
 * the mode are put in as the environment sets them.
 */
async function scripts() {
  const config = await configured();
  for (const warning of warnings(config)) console.warn(`warning: ${warning}`);
  const { returnMode, codeModeCallers, ...common } = config;
  const [mode, home, own] =
    returnMode === "code" ? ["CODES", "codes", { codeModeCallers }] : ["TICKETS", "tickets", {}];
  const { outputFiles } = await esbuild.build({
    entryPoints: entries.map((file) => ({ in: path.join(SOURCES, file), out: file.replace(/\.ts$/, "") })),
    outdir: out,
    bundle: true,
    format: "cjs",
    target: "es2018",
    charset: "utf8",
    minifySyntax: true,
    sourcemap: "external",
    write: false,
    logLevel: "error",
    plugins: [
      {
        name: "settings",
        setup(build) {
          const put = (filter, contents) => build.onLoad({ filter }, () => ({ contents, resolveDir: SOURCES }));
          put(/miniprogram[\\/]config\.ts$/, `export const CONFIG = ${JSON.stringify({ ...common, ...own })};`);
          put(/miniprogram[\\/]mode\.ts$/, `export { ${mode} as MODE } from "./flow/mode/${home}";`);
          if (entries.includes(SHARED)) shareLogin(build);
        },
      },
    ],
  });
  const shrink = require("./gulp/shrink"); // takes a while to load: a command that writes no script need not wait
  const foreign = foreignNames();
  const text = (file) => outputFiles.find((output) => output.path === path.resolve(out, file)).text;
  for (const file of entries.map((entry) => entry.replace(/\.ts$/, ".js"))) {
    const { code, map } = await shrink(text(file), text(`${file}.map`), foreign);
    await write(file, code);
    await write(`${file}.map`, JSON.stringify(map));
  }
}

/**
 * What properties are called that the login shares with the markup, the platform, the settings or, as protocol/ says,
 * with servers and apps. Other names are between the login's own modules: long ones help whoever reads the sources, short
 * ones whoever waits for the package.
 */
function foreignNames() {
  const own = /^(flow|services|messages)\b|\bdist\b|^config-settings/;
  const noWords = /<!--[^]*?-->|\/\*[^]*?\*\/|\/\/.*|^.* from ".*";$/gm;
  return readdirSync(SOURCES, { recursive: true })
    .filter((file) => /\.(ts|wxml)$/.test(file) && !own.test(file))
    .flatMap(
      (file) =>
        readFileSync(path.join(SOURCES, file), "utf8")
          .replace(noWords, "")
          .match(/[\w$]+/g) ?? [],
    );
}

/** The app's and the page's scripts require the login's, which is written so that it needs no helpers of esbuild's. */
function shareLogin(build) {
  const contents = `import { login } from "./${SHARED}";\nmodule.exports = { login };`;
  build.onResolve({ filter: /services\/login(\.ts)?$/ }, ({ path: file, kind, namespace }) => {
    if (kind === "entry-point") return { path: file, namespace: "shared" };
    return namespace === "shared" ? undefined : { path: file, external: true };
  });
  build.onLoad({ filter: /.*/, namespace: "shared" }, () => ({ contents, resolveDir: SOURCES }));
}

/** `encoding: false`, because gulp reads as UTF-8 and would corrupt an image. */
function files() {
  return src(FILES, { base: SOURCES, encoding: false, since: lastRun(files) }).pipe(dest(out));
}

/** WeChat's compiler would write every rule of flex twice, for iOS 8. */
async function styles() {
  await esbuild.build({
    entryPoints: [`${SOURCES}/routes/explore.wxss`],
    outdir: `${out}/routes`,
    outExtension: { ".css": ".wxss" },
    loader: { ".wxss": "css" },
    minify: true,
    target: ["chrome67", "ios12"],
    logLevel: "error",
  });
}

/** For opening and uploading dist/ itself: already compiled, and checked against the operator's domain list. */
async function project() {
  const { setting, packOptions: _ofTheSources, ...rest } = JSON.parse(await fs.readFile("project.config.json", "utf8"));
  const compiled = { useCompilerPlugins: false, minified: false, minifyWXML: true, minifyWXSS: false };
  await writeJson("project.config.json", {
    ...rest,
    description: "The built package, ready for upload.",
    appid: process.env.WECHAT_APP_ID ?? rest.appid,
    miniprogramRoot: "./",
    setting: { ...setting, ...compiled, urlCheck: true },
  });
}

/** What the host adds to its own app.json. */
async function subpackage() {
  for (const problem of demoProblems(await configured())) console.warn(`warning: ${problem}`);
  await writeJson("app.json", { subPackages: [{ root: "routes", pages: ["explore"], independent: true }] });
}

function writeJson(name, content) {
  return write(name, `${JSON.stringify(content, null, 2)}\n`);
}

async function write(name, text) {
  const file = path.join(out, name);
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, text);
}

const clean = () => fs.rm(out, { recursive: true, force: true });
const build = series(clean, parallel(types, scripts, styles, files, about));

function watching() {
  watch([`${SOURCES}/**/*.ts`, `!${SOURCES}/protocol/dist/**`, "typings/**/*.d.ts"], parallel(types, scripts));
  watch(`${SOURCES}/**/*.wxss`, styles);
  // What a deleted source left behind goes too.
  watch(FILES, files).on("unlink", (file) => {
    void fs.rm(path.join(out, path.relative(SOURCES, file)), { force: true });
  });
}

/** Lists the settings. */
async function settings() {
  console.log(help());
}

/** Names each setting with which people should not get the applet, and fails if there is one. */
async function publishable() {
  const { config, problems } = await read();
  if (problems.length === 0) problems.push(...demoProblems(config));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) throw mistake("not for people");
}

module.exports = { build, settings, publishable, dev: series(build, watching), default: build };
