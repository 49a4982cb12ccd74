import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import esbuild from "esbuild";
import { ANSWERS, EVENTS, LAUNCH } from "./vectors";

const PACKAGE = path.resolve(__dirname, "..");
const MODULES = path.resolve(PACKAGE, "../../node_modules");
const HERMES = path.join(
  MODULES,
  "hermes-engine-cli",
  { linux: "linux64", darwin: "osx", win32: "win64" }[process.platform as "linux"] + "-bin",
  "hermes",
);
const VECTORS = { LAUNCH, ANSWERS, EVENTS };
const COMPARED =
  LAUNCH.logins.length +
  ANSWERS.returned.length +
  ANSWERS.cases.length +
  EVENTS.sequences.reduce((n, { steps }) => n + steps.length, 0);

let project: string;
const inProject = (...names: string[]) => path.join(project, ...names);
const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: project, encoding: "utf8" });

/** An empty project that has the packed package and nothing else. */
beforeAll(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), "launch-"));
  execFileSync(process.execPath, ["build.js"], { cwd: PACKAGE });
  execFileSync("npm", ["pack", "--silent", "--pack-destination", project], { cwd: PACKAGE });
  fs.writeFileSync(inProject("package.json"), JSON.stringify({ name: "empty", private: true }));
  const tarball = fs.readdirSync(project).find((name) => name.endsWith(".tgz"));
  run("npm", "install", "--offline", "--no-audit", "--no-fund", `./${tarball}`);
  fs.writeFileSync(inProject("vectors.json"), JSON.stringify(VECTORS));
  fs.copyFileSync(path.join(__dirname, "every-vector.js"), inProject("every-vector.js"));
});

afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

describe("the packed package, installed in an empty project", () => {
  test("brings nothing but itself", () => {
    const lock = JSON.parse(fs.readFileSync(inProject("package-lock.json"), "utf8")) as { packages: object };
    expect(Object.keys(lock.packages)).toEqual(["", "node_modules/@app2wxapp/launch"]);
    const files = fs.readdirSync(inProject("node_modules/@app2wxapp/launch"), { recursive: true }) as string[];
    expect(files).toEqual(
      expect.arrayContaining(["README.md", "README.en.md", "dist/LICENSE", "vectors/answers.json"]),
    );
    expect(files.filter((file) => /tsbuildinfo|(^|\/)(src|test)$/.test(file))).toEqual([]);
  });

  test("is required, and every vector holds", () => {
    fs.writeFileSync(
      inProject("required.cjs"),
      `const launch = require("@app2wxapp/launch");
      require("@app2wxapp/launch/vectors/answers.json");
      const found = [require("@app2wxapp/launch/react-native").onAnswer, require("@app2wxapp/launch/uni-app").answerFrom];
      if (!found.every((value) => typeof value === "function")) throw new Error("adapters");
      process.stdout.write(String(require("./every-vector.js")(launch, require("./vectors.json"))));`,
    );
    expect(run(process.execPath, "required.cjs")).toBe(String(COMPARED));
  });

  test("is imported as ES modules, and every vector holds", () => {
    fs.writeFileSync(
      inProject("imported.mjs"),
      `import { createRequire } from "node:module";
      import * as launch from "@app2wxapp/launch";
      import { onAnswer } from "@app2wxapp/launch/react-native";
      import { answerFrom } from "@app2wxapp/launch/uni-app";
      if (typeof onAnswer !== "function" || typeof answerFrom !== "function") throw new Error("adapters");
      const require = createRequire(import.meta.url);
      process.stdout.write(String(require("./every-vector.js")(launch, require("./vectors.json"))));`,
    );
    expect(run(process.execPath, "imported.mjs")).toBe(String(COMPARED));
  });

  test("runs in Hermes as it is, and every vector holds", () => {
    const script = [
      "var module = { exports: {} };",
      fs.readFileSync(inProject("node_modules/@app2wxapp/launch/dist/index.js"), "utf8"),
      "var launch = module.exports; module = undefined;",
      fs.readFileSync(inProject("every-vector.js"), "utf8").replace('"use strict";', ""),
      `print(everyVector(launch, ${JSON.stringify(VECTORS)}));`,
    ].join("\n");
    fs.writeFileSync(inProject("hermes.js"), script);
    expect(run(HERMES, "hermes.js").trim()).toBe(String(COMPARED));
  });

  test("without a random source Hermes is told what to install", () => {
    const script = [
      "var module = { exports: {} };",
      fs.readFileSync(inProject("node_modules/@app2wxapp/launch/dist/index.js"), "utf8"),
      'try { module.exports.startLogin({ userPoolId: "p" }); } catch (error) { print(error.message); }',
    ].join("\n");
    fs.writeFileSync(inProject("no-random.js"), script);
    expect(run(HERMES, "no-random.js")).toMatch(/react-native-get-random-values/);
  });

  test("has types for CommonJS, for ES modules and for bundlers", () => {
    const use = `import { startLogin, take, RETURN_CODES, type Answer, type NextStep } from "@app2wxapp/launch";
      import { onAnswer } from "@app2wxapp/launch/react-native";
      import { answerFrom } from "@app2wxapp/launch/uni-app";
      const login = startLogin({ userPoolId: "p", getPhone: true, lang: "en" });
      const answer: Answer = take(login, answerFrom("code=400"));
      if (answer.outcome === "granted") { const ticket: string = answer.ticket; void ticket; }
      if (answer.outcome === "failed") { const next: NextStep = RETURN_CODES[answer.code].next; void next; }
      // @ts-expect-error an outcome that does not exist
      if (answer.outcome === "none") void answer;
      onAnswer(() => undefined, (text: string) => void take(login, text));`;
    for (const name of ["typed.cts", "typed.mts", "typed.ts"]) fs.writeFileSync(inProject(name), use);
    const tsc = path.join(MODULES, "typescript/bin/tsc");
    const strict = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--types", "", "--lib", "es2015"];
    const check = (...args: string[]) => run(process.execPath, tsc, ...strict, ...args);
    expect(check("--module", "nodenext", "typed.cts", "typed.mts")).toBe("");
    expect(check("--module", "esnext", "--moduleResolution", "bundler", "typed.ts")).toBe("");
  });

  test("is found by bundlers that do not read exports, by folder", () => {
    fs.writeFileSync(
      inProject("old.js"),
      `import { step } from "@app2wxapp/launch"; import { answerFrom } from "@app2wxapp/launch/uni-app"; console.log(step, answerFrom);`,
    );
    for (const folder of ["react-native", "uni-app"]) {
      const at = inProject("node_modules/@app2wxapp/launch", folder);
      const manifest = JSON.parse(fs.readFileSync(path.join(at, "package.json"), "utf8")) as Record<string, string>;
      for (const file of Object.values(manifest)) expect(fs.existsSync(path.join(at, file)) || file).toBe(true);
    }
    const { outputFiles } = esbuild.buildSync({
      entryPoints: [inProject("old.js")],
      bundle: true,
      write: false,
      format: "esm",
      minify: true,
    });
    // Of the hash, the tables and the launch path nothing is needed here, so nothing comes along.
    expect(outputFiles[0]!.text).not.toMatch(/routes\/explore|getRandomValues/);
  });
});
