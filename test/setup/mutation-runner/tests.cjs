"use strict";

/* jest's functions, for test files that are loaded once and run often. */

const { ModernFakeTimers } = require("@jest/fake-timers");
const { bind } = require("jest-each");
const { ModuleMocker } = require("jest-mock");

const HOOKS = ["beforeAll", "afterAll", "beforeEach", "afterEach"];

/** A group of tests, `parent` undefined for all of them. */
function newGroup(name, parent) {
  return { name, parent, hooks: Object.fromEntries(HOOKS.map((hook) => [hook, []])) };
}

/** Every test, in order, each with its group. */
const tests = [];
let group = newGroup("");

function describe(name, define) {
  const outer = group;
  group = newGroup(`${outer.name}${name} › `, outer);
  define();
  group = outer;
}

function test(name, run) {
  tests.push({ id: `${group.name}${name}`, group, run });
}

describe.each = bind(describe, false);
test.each = bind(test);

const now = performance.now.bind(performance);
const mocker = new ModuleMocker(globalThis);
const timers = new ModernFakeTimers({ global: globalThis, config: { fakeTimers: {} } });
const globals = {
  describe,
  test,
  ...Object.fromEntries(HOOKS.map((hook) => [hook, (run) => void group.hooks[hook].push(run)])),
  expect: require("expect").expect,
  jest: {
    fn: (implementation) => mocker.fn(implementation),
    spyOn: (...target) => mocker.spyOn(...target),
    useFakeTimers: () => timers.useFakeTimers(),
    setSystemTime: (at) => timers.setSystemTime(at),
    advanceTimersByTimeAsync: (milliseconds) => timers.advanceTimersByTimeAsync(milliseconds),
  },
};

/** A file of tests, whose fake timers end with it. */
function describeFile(name, define) {
  describe(name, () => {
    globals.afterAll(() => timers.useRealTimers());
    define();
  });
}

/** From the outermost in. */
function groupsOf(inner) {
  return inner === undefined ? [] : [...groupsOf(inner.parent), inner];
}

async function hooks(inner, hook) {
  for (const run of inner.hooks[hook]) await run();
}

async function runTest({ group: inner, run }) {
  const groups = groupsOf(inner);
  for (const one of groups) await hooks(one, "beforeEach");
  await run();
  for (const one of groups.toReversed()) await hooks(one, "afterEach");
  mocker.restoreAllMocks();
}

/**
 * Runs tests until `report` says that it is enough, each group's `beforeAll` and `afterAll` around its own, and tells for
 * each whether it failed, with what.
 */
async function runTests(chosen, report) {
  let open = [];
  const close = async (kept) => {
    for (const one of open.slice(kept).toReversed()) await hooks(one, "afterAll").catch(() => undefined);
    open = open.slice(0, kept);
  };
  for (const one of chosen) {
    const groups = groupsOf(one.group);
    const shared = groups.findIndex((each, index) => open[index] !== each);
    await close(shared === -1 ? groups.length : shared);
    const startedAt = now();
    let failure;
    report.begins?.(one);
    try {
      for (const each of groups.slice(open.length)) {
        open.push(each);
        await hooks(each, "beforeAll");
      }
      await runTest(one);
    } catch (error) {
      failure = error;
      mocker.restoreAllMocks();
    }
    if (report.ended(one, failure, Math.round(now() - startedAt)) === "enough") break;
  }
  await close(0);
}

module.exports = { describeFile, globals, tests, runTests };
