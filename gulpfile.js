"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs/promises");
const path = require("node:path");
const { Transform } = require("node:stream");
const vm = require("node:vm");
const esbuild = require("esbuild");
const { dest, lastRun, parallel, series, src, watch } = require("gulp");

const SOURCES = "miniprogram";
const OUT = "dist";

/** The environment's name for each setting of miniprogram/config.ts, and how its text is read. */
const SETTINGS = {
  AUTH_ORIGIN: ["authOrigin", String],
  USER_POOL_ID: ["userPoolId", String],
  THEME_COLOR: ["themeColor", String],
  OPERATOR_NAME: ["operatorName", String],
  HELP_CONTACT: ["helpContact", String],
  RETURN_MODE: ["returnMode", String],
  CODE_MODE_CALLERS: ["codeModeCallers", callers],
  REALTIME_LOG: ["realtimeLog", (text) => ({ true: true, false: false })[text]],
  REPORT_EVENT_ID: ["reportEventId", String],
};

/** What each setting accepts, as the message about a wrong one says it. */
const ACCEPTED = {
  AUTH_ORIGIN: "https:// and a domain, without path, trailing slash or :443; http only for 127.0.0.1 and localhost",
  USER_POOL_ID: "1 to 64 of A-Z a-z 0-9 _ -, or nothing",
  THEME_COLOR: "#rrggbb on which white text has a contrast of 4.5 or more",
  OPERATOR_NAME: "the name of whoever runs this applet",
  HELP_CONTACT: "any text",
  RETURN_MODE: "ticket or code",
  CODE_MODE_CALLERS: "appId:name,appId:name; with RETURN_MODE=code at least one",
  REALTIME_LOG: "true or false",
  REPORT_EVENT_ID: "the id of an event, or nothing",
};

/** A stream that rewrites each file's text. */
const each = (edit) =>
  new Transform({
    objectMode: true,
    transform(file, _encoding, done) {
      try {
        file.contents = Buffer.from(edit(file.contents.toString()));
        done(null, file);
      } catch (error) {
        done(error); // a throw would end a watch
      }
    },
  });

/** An error for people: gulp prints its message and no stack. */
const mistake = (message) => Object.assign(new Error(message), { showStack: false });

/** TypeScript 7 has no JavaScript API; its command checks, esbuild compiles. */
function types(done) {
  const tsc = path.resolve("node_modules/typescript/bin/tsc");
  const child = spawn(process.execPath, [tsc, "-p", "tsconfig.json", "--noEmit"], { stdio: "inherit" });
  child.on("exit", (code) => done(code ? mistake("tsc failed") : undefined));
}

/**
 * Two scripts: the app with all it needs, and the page's binding. A file for each module would cost a third more of the
 * package in what modules need to find each other. The config and the mode are put in as the environment sets them.
 */
async function scripts() {
  const config = configured();
  const [mode, home] = config.returnMode === "code" ? ["CODES", "codes"] : ["TICKETS", "tickets"];
  await esbuild.build({
    entryPoints: ["app.ts", "routes/explore.ts"].map((file) => path.join(SOURCES, file)),
    outbase: SOURCES,
    outdir: OUT,
    bundle: true,
    format: "cjs",
    target: "es2018",
    charset: "utf8", // escapes would double the size of Chinese
    minify: true,
    sourcemap: "linked",
    logLevel: "error",
    plugins: [
      {
        name: "settings",
        setup(build) {
          const put = (filter, contents) => build.onLoad({ filter }, () => ({ contents, resolveDir: SOURCES }));
          put(/miniprogram[\\/]config\.ts$/, `export const CONFIG = ${JSON.stringify(config)};`);
          put(/miniprogram[\\/]mode\.ts$/, `export { ${mode} as MODE } from "./flow/mode/${home}";`);
        },
      },
    ],
  });
}

/** The development config with what the environment sets; every wrong setting is named before anything is written. */
function configured() {
  const { CONFIG } = load("config.ts");
  const { configFaults } = load("config-rules.ts");
  const config = { ...CONFIG };
  for (const [variable, [name, read]] of Object.entries(SETTINGS))
    if (process.env[variable] !== undefined) config[name] = read(process.env[variable]);
  const wrong = configFaults(config).map((name) => {
    const variable = Object.keys(SETTINGS).find((key) => SETTINGS[key][0] === name);
    return `  ${variable}=${process.env[variable] ?? ""}\n    accepted: ${ACCEPTED[variable]}`;
  });
  if (wrong.length > 0) throw mistake(`the applet cannot be built with these settings:\n${wrong.join("\n")}`);
  return config;
}

/** What a module of the applet exports, for the build's own use. */
function load(file) {
  const entryPoints = [path.join(SOURCES, file)];
  const { outputFiles } = esbuild.buildSync({ entryPoints, bundle: true, format: "cjs", write: false });
  const loaded = { exports: {} };
  vm.runInNewContext(outputFiles[0].text, { module: loaded });
  return loaded.exports;
}

/** `wx1:App one,wx2:App two`; a caller without a colon gets no name and is refused. */
function callers(text) {
  return text
    .split(",")
    .filter((caller) => caller.trim() !== "")
    .map((caller) => {
      const [appId, ...name] = caller.split(":");
      return { appId: appId.trim(), name: name.join(":").trim() };
    });
}

function styles() {
  return src(`${SOURCES}/**/*.wxss`, { since: lastRun(styles) })
    .pipe(each((text) => esbuild.transformSync(text, { loader: "css", charset: "utf8", minify: true }).code))
    .pipe(dest(OUT));
}

/** Drops comments and the white space between tags and lines; wcc makes the same of what is left. */
function templates() {
  return src(`${SOURCES}/**/*.wxml`, { since: lastRun(templates) })
    .pipe(
      each((text) =>
        text
          .replace(/<!--[\s\S]*?-->/g, "")
          .replace(/\s*\n\s*/g, " ")
          .replace(/ ?(\/?>) ?(?=[^<]*<|$)/g, "$1")
          .replace(/ (<\/)/g, "$1")
          .replace(/> </g, "><")
          .trim(),
      ),
    )
    .pipe(dest(OUT));
}

function configs() {
  return src([`${SOURCES}/**/*.json`, `!${SOURCES}/protocol/**`], { since: lastRun(configs) })
    .pipe(each((text) => JSON.stringify(JSON.parse(text))))
    .pipe(dest(OUT));
}

/** As they are; `encoding: false`, because gulp reads as UTF-8 and would corrupt an image. */
function assets() {
  return src(`${SOURCES}/**/*.{wxs,png,jpg,webp,svg}`, { encoding: false, since: lastRun(assets) }).pipe(dest(OUT));
}

/** For opening and uploading dist/ itself: already compiled, and checked against the operator's domain list. */
async function project() {
  const { setting, packOptions: _ofTheSources, ...rest } = JSON.parse(await fs.readFile("project.config.json", "utf8"));
  const uploaded = {
    ...rest,
    description: "The built package, ready for upload.",
    appid: process.env.WECHAT_APP_ID ?? rest.appid,
    miniprogramRoot: "./",
    setting: {
      ...setting,
      useCompilerPlugins: false,
      urlCheck: true,
      minified: true,
      minifyWXML: true,
      minifyWXSS: true,
    },
  };
  await fs.mkdir(OUT, { recursive: true });
  await fs.writeFile(path.join(OUT, "project.config.json"), `${JSON.stringify(uploaded, null, 2)}\n`);
}

const clean = () => fs.rm(OUT, { recursive: true, force: true });
const build = series(clean, parallel(types, scripts, styles, templates, configs, assets, project));

function watching() {
  const on = (globs, task) => watch(globs, task).on("unlink", remove);
  on([`${SOURCES}/**/*.ts`, `!${SOURCES}/protocol/dist/**`, "typings/**/*.d.ts"], parallel(types, scripts));
  on(`${SOURCES}/**/*.wxss`, styles);
  on(`${SOURCES}/**/*.wxml`, templates);
  on([`${SOURCES}/**/*.json`, `!${SOURCES}/protocol/**`], configs);
  on(`${SOURCES}/**/*.{wxs,png,jpg,webp,svg}`, assets);
}

/** What a deleted source left behind. */
function remove(file) {
  void fs.rm(path.join(OUT, path.relative(SOURCES, file)), { force: true });
}

module.exports = { build, clean, dev: series(build, watching), default: build };
