import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";
import { INSTRUMENTER_CONSTANTS } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { transformSync } from "esbuild";

const require = createRequire(import.meta.url);

/**
 * The tests of what the auth server decides, on SQLite. The pure ones come first, since a mutant is done with at the first
 * test that fails.
 */
const TOPICS = [
  "account-linking",
  "exchange-order",
  "limiter",
  "handles",
  "token-forgery",
  "exchange",
  "replay",
  "phone",
  "agreements",
  "accounts",
  "time-to-live",
  "login",
  "key-rotation",
  "tokens",
  "people-administration",
  "limits",
];

/**
 * Tries mutants in one process, which loads the server and its tests once. Under jest each of a thousand mutants would load
 * them anew, which takes twice as long as the tests. What a mutant leaves behind goes with its own server and database.
 */
class InProcessRunner {
  #tests;
  #shared = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});

  capabilities() {
    // A mutant that only acts while the sources are loaded is not tried (ignoreStatic).
    return { reloadEnvironment: false };
  }

  async init() {
    process.env["SQLITE_ONLY"] = "1";
    this.#tests = require("./tests.cjs");
    compileTypeScript();
    serve("@jest/globals", this.#tests.globals);
    for (const topic of TOPICS) {
      this.#tests.describe(topic, () => require(path.resolve("server/test", `${topic}.test.ts`)));
    }
  }

  async dryRun() {
    this.#shared.activeMutant = undefined;
    const results = await this.#run(this.#tests.tests, false);
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: this.#shared.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, disableBail, hitLimit }) {
    const chosen = testFilter && new Set(testFilter);
    const shared = this.#shared;
    shared.activeMutant = activeMutant.id;
    shared.hitLimit = hitLimit;
    shared.hitCount = hitLimit === undefined ? undefined : 0;
    const results = await this.#run(
      this.#tests.tests.filter(({ id }) => chosen?.has(id) ?? true),
      !disableBail,
    );
    const tooOften = determineHitLimitReached(shared.hitCount, hitLimit);
    return toMutantRunResult(tooOften ?? { status: DryRunStatus.Complete, tests: results }, disableBail);
  }

  async #run(tests, bail) {
    const results = [];
    await this.#tests.runTests(tests, {
      begins: ({ id }) => void (this.#shared.currentTestId = id),
      ended: ({ id }, failure, timeSpentMs) => {
        const result = { id, name: id, timeSpentMs };
        if (failure === undefined) results.push({ ...result, status: TestStatus.Success });
        else results.push({ ...result, status: TestStatus.Failed, failureMessage: String(failure?.stack ?? failure) });
        return bail && failure !== undefined ? "enough" : "more";
      },
    });
    this.#shared.currentTestId = undefined;
    return results;
  }
}

function compileTypeScript() {
  require.extensions[".ts"] = (module, filename) => {
    const source = readFileSync(filename, "utf8");
    const { code } = transformSync(source, { loader: "ts", format: "cjs", target: "node20", sourcefile: filename });
    // oxlint-disable-next-line no-underscore-dangle -- how every hook of require hands over what it compiled
    module._compile(code, filename);
  };
}

/** Gives whoever requires a module this value in place of it. */
function serve(name, value) {
  const id = require.resolve(name);
  require.cache[id] = Object.assign(new Module(id), { exports: value, filename: id, loaded: true });
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "in-process", InProcessRunner)];
