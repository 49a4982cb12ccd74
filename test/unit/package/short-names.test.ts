import path from "node:path";
import vm from "node:vm";
import { transformSync } from "@babel/core";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "./files";

const PLUGIN = path.join(REPOSITORY, "gulp/short-names.js");

function shorten(script: string, foreign: string[] = []): string {
  const options = { babelrc: false, configFile: false, sourceType: "script", minified: true, comments: false } as const;
  return transformSync(script, { ...options, plugins: [[PLUGIN, { foreign }]] })?.code ?? "";
}

/** What both scripts give for the same globals; the short one only counts while it does what the long one does. */
function bothGive(script: string, foreign?: string[], globals: object = {}): { result: unknown; short: string } {
  const short = shorten(script, foreign);
  const result: unknown = vm.runInNewContext(script, { ...globals });
  expect(vm.runInNewContext(short, { ...globals })).toEqual(result);
  return { result, short };
}

test("one thing has one letter, in every function and as a property", () => {
  const { short } = bothGive(`
    function next(phase, when) { return { phase, when }; }
    function text(when, { phase }) { return phase + when; }
    text(1, next("a", 2));
  `);
  const [, phase] = /function \w+\((\w),\w\)/.exec(short) ?? [];
  expect(short).toContain(`,{${phase}}){return ${phase}+`);
  expect(short).not.toMatch(/phase|next|text|when/);
});

describe("a letter is no other variable's", () => {
  test.each([
    ["of a function around", "function f(one) { return [2, 3].map((two) => one + two); } f(1)"],
    ["of the same name within", "function f(one) { return [2, 3].map((one) => one * 2).concat(one); } f(1)"],
    ["of the script", "const t = 5, e = 7; function f(one, two) { return one + two + t + e; } f(1, 2)"],
    ["of a catch", "function f(one) { try { throw 2; } catch (two) { return one + two; } } f(1)"],
    [
      "of a default",
      "function f(one, { two = one, three = two } = {}) { return [one, two, three]; } f(1, { three: 9 })",
    ],
    [
      "of a loop",
      "let sum = 0; for (const [one, two] of [[1, 2]]) for (let i = 0; i < 3; i++) sum += one * two + i; sum",
    ],
    ["of a function's own name", "const f = function again(n) { return n ? n * again(n - 1) : 1; }; f(5)"],
    [
      "that is written to",
      "let one = 1; function f(two) { one += two; one++; [one] = [one * 2]; ({ two: one } = { two: one }); } f(2); one",
    ],
    [
      "of a class",
      "class E extends Error { constructor(one) { super(one); this.is = one; } twice() { return this.is + this.is; } } new E('a').twice()",
    ],
    ["of the world", "function f(one) { return e(t, one); } f(1)"],
  ])("%s", (_what, script) => {
    const { result, short } = bothGive(script, [], { e: (...numbers: number[]) => numbers, t: 41 });
    expect(result).toBeDefined();
    expect(short).not.toMatch(/one|two|sum/);
  });

  test("in a hundred functions within each other", () => {
    const names = Array.from({ length: 100 }, (_, index) => `name${String.fromCharCode(97 + (index % 26))}${index}x`);
    const sum = names.join("+");
    const { result } = bothGive(names.reduceRight((body, name, index) => `((${name}) => ${body})(${index})`, sum));
    expect(result).toBe((99 * 100) / 2);
  });
});

describe("a property keeps its name", () => {
  test("if others read it", () => {
    const { result } = bothGive("({ alpha: 1, beta: 2 })", ["alpha", "beta"]);
    expect(result).toEqual({ alpha: 1, beta: 2 });
  });

  test("if it may be asked for by a string", () => {
    const { result } = bothGive(
      'const it = { alpha: 1, beta: 2, gamma: 3 }; ["alpha", `x beta`, "ga" + "mma"].map((key) => it[key.slice(-5).trim()]);',
      ["gamma"],
    );
    expect(result).toEqual([1, 2, 3]);
  });

  test("if it is written as a string or a number", () => {
    const { result } = bothGive(
      'const it = { "alpha": 1, "be-ta": 2, 200: 3 }; [it[`al${"pha"}`], it["be-ta"], it[100 * 2]];',
    );
    expect(result).toEqual([1, 2, 3]);
  });

  test("unless the string only asks whether it is there", () => {
    const { short, result } = bothGive('const it = { alpha: 1 }; ["alpha" in it, it.alpha];');
    expect(result).toEqual([true, 1]);
    expect(short).not.toContain("alpha");
  });

  test("and none that is shortened gets it", () => {
    const { result, short } = bothGive("const it = { e: 1, t: 2, alpha: 3 }; [it.e, it.t, it.alpha];", ["e", "t"]);
    expect(result).toEqual([1, 2, 3]);
    expect(short).not.toContain("alpha");
  });

  test("if any value may have it", () => {
    const { short } = bothGive("const it = { map: [1].map((one) => one), trim: ' a '.trim() }; it.map.length;");
    expect(short).toMatch(/map:.*trim:/);
  });

  test("if the script reads it of others alone", () => {
    const { result } = bothGive("wx.login({ success: (reply) => reply.code })", ["success"], {
      wx: { login: (call: { success: (reply: object) => unknown }) => call.success({ code: "c" }) },
    });
    expect(result).toBe("c");
  });
});
