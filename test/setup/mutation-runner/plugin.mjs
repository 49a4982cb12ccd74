import { readdirSync, readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";
import { INSTRUMENTER_CONSTANTS } from "@stryker-mutator/api/core";
import { commonTokens, declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";

const require = createRequire(import.meta.url);
const { compile } = require("../typescript.js");

/** What a package of ours is in the sources, as jest knows it. */
const OURS = Object.entries(require("../../../jest.config").projects[0].moduleNameMapper).map(([pattern, target]) => ({
  pattern: new RegExp(pattern),
  target: target.replace("<rootDir>", process.cwd()),
}));

/**
 * Tries mutants in one process, which loads the sources and their tests once. Under jest each of thousands of mutants would
 * load them anew, which takes longer than the tests.
 */
class InProcessRunner {
  static inject = [commonTokens.options];
  #files;
  #tests;
  #shared = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});

  constructor({ inProcess: { tests } }) {
    this.#files = tests.flatMap(testFiles);
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    process.env["SQLITE_ONLY"] = "1";
    compileTypeScript();
    resolvePackages();
    this.#load();
  }

  async dryRun() {
    this.#shared.activeMutant = undefined;
    const results = await this.#run(this.#tests.tests, false);
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: this.#shared.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, disableBail, hitLimit, mutantActivation, reloadEnvironment }) {
    const chosen = testFilter && new Set(testFilter);
    const shared = this.#shared;
    shared.activeMutant = mutantActivation === "static" ? activeMutant.id : undefined;
    shared.hitLimit = hitLimit;
    shared.hitCount = hitLimit === undefined ? undefined : 0;
    try {
      if (reloadEnvironment) this.#load();
    } catch (error) {
      // Its sources no longer load: every test of them would fail.
      return toMutantRunResult({ status: DryRunStatus.Complete, tests: [failure("loading", error, 0)] }, disableBail);
    }
    shared.activeMutant = activeMutant.id;
    const results = await this.#run(
      this.#tests.tests.filter(({ id }) => chosen?.has(id) ?? true),
      !disableBail,
    );
    const tooOften = determineHitLimitReached(shared.hitCount, hitLimit);
    return toMutantRunResult(tooOften ?? { status: DryRunStatus.Complete, tests: results }, disableBail);
  }

  /** The tests with all that they import, as if for the first time. */
  #load() {
    for (const file of Object.keys(require.cache)) {
      if (!file.includes(`${path.sep}node_modules${path.sep}`)) delete require.cache[file];
    }
    this.#tests = require("./tests.cjs");
    serve("@jest/globals", this.#tests.globals);
    for (const file of this.#files) this.#tests.describeFile(file, () => require(path.resolve(file)));
  }

  async #run(tests, bail) {
    const results = [];
    await this.#tests.runTests(tests, {
      begins: ({ id }) => void (this.#shared.currentTestId = id),
      ended: ({ id }, error, timeSpentMs) => {
        if (error === undefined) results.push({ id, name: id, timeSpentMs, status: TestStatus.Success });
        else results.push(failure(id, error, timeSpentMs));
        return bail && error !== undefined ? "enough" : "more";
      },
    });
    this.#shared.currentTestId = undefined;
    return results;
  }
}

function failure(id, error, timeSpentMs) {
  return { id, name: id, timeSpentMs, status: TestStatus.Failed, failureMessage: String(error?.stack ?? error) };
}

/** A test file, or those of a folder. */
function testFiles(place) {
  if (place.endsWith(".ts")) return [place];
  return readdirSync(place)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => path.join(place, name));
}

function compileTypeScript() {
  const compiled = new Map();
  require.extensions[".ts"] = (module, filename) => {
    if (!compiled.has(filename)) compiled.set(filename, compile(readFileSync(filename, "utf8"), filename).code);
    // oxlint-disable-next-line no-underscore-dangle -- how every hook of require hands over what it compiled
    module._compile(compiled.get(filename), filename);
  };
}

function resolvePackages() {
  /* oxlint-disable no-underscore-dangle -- the only way that Node 20 has */
  const resolve = Module._resolveFilename;
  Module._resolveFilename = (request, ...rest) => {
    const ours = OURS.find(({ pattern }) => pattern.test(request));
    return resolve(ours ? request.replace(ours.pattern, ours.target) : request, ...rest);
  };
}

/** Gives whoever requires a module this value in place of it. */
function serve(name, value) {
  const id = require.resolve(name);
  require.cache[id] = Object.assign(new Module(id), { exports: value, filename: id, loaded: true });
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "in-process", InProcessRunner)];

/** What this runner wants to know, in Stryker's config. */
export const strykerValidationSchema = {
  type: "object",
  required: ["inProcess"],
  properties: {
    inProcess: {
      type: "object",
      additionalProperties: false,
      required: ["tests"],
      properties: {
        tests: {
          description:
            "Test files, or folders of them. The quickest first: a mutant is done with at the first test that fails.",
          type: "array",
          items: { type: "string" },
        },
      },
    },
  },
};
