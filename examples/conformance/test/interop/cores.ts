import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { answerCalls, eventCalls, orderCalls, startCalls, type Call } from "../core-calls";

const ANDROID = path.resolve(__dirname, "../../../android");

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "cores-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const sources = (at: string, ending: string) =>
  fs
    .readdirSync(at)
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(at, name));

/** Compiles a core with its harness; gives the command that runs it. */
const COMPILERS: Record<string, () => string[]> = {
  Java() {
    const files = [...sources(path.join(ANDROID, "core-java"), ".java"), path.join(__dirname, "Main.java")];
    execFileSync("javac", ["--release", "8", "-Xlint:-options", "-d", folder, ...files]);
    return ["-cp", folder, "com.example.app.login.Main"];
  },
  Kotlin() {
    const jar = path.join(folder, "kotlin.jar");
    const files = [...sources(path.join(ANDROID, "core"), ".kt"), path.join(__dirname, "Main.kt")];
    execFileSync("kotlinc", [...files, "-include-runtime", "-d", jar], { stdio: ["ignore", "pipe", "pipe"] });
    return ["-cp", jar, "MainKt"];
  },
};

describe.each(Object.keys(COMPILERS))("the core in %s", (language) => {
  let command: string[];
  beforeAll(() => {
    command = COMPILERS[language]!();
  });

  /** The first call that was answered otherwise than it must be. */
  function firstWrong(calls: Call[]) {
    const input = calls.map(({ fields }) => `${fields.join("\t")}\n`).join("");
    const options = { input, encoding: "utf8", maxBuffer: 1e9 } as const;
    const { stdout, stderr } = spawnSync("java", ["-Dfile.encoding=UTF-8", ...command], options);
    const lines = stdout.split("\n").slice(0, -1);
    if (lines.length !== calls.length) throw new Error(`${lines.length} of ${calls.length} answers: ${stderr}`);
    const at = calls.findIndex(({ said }, i) => said !== lines[i]);
    return at < 0 ? undefined : { ...calls[at], answered: lines[at] };
  }

  test("starts a login as the vectors say", () => {
    expect(firstWrong(startCalls())).toBeUndefined();
  });
  test("reads every string as the vectors say", () => {
    expect(firstWrong(answerCalls())).toBeUndefined();
  });
  test("does with every event what the vectors say", () => {
    expect(firstWrong(eventCalls())).toBeUndefined();
  });
  test("goes through ten thousand shuffled orders step by step as TypeScript does", () => {
    expect(firstWrong(orderCalls())).toBeUndefined();
  });
});

test("the Kotlin of the app that needs Android and WeChat's SDK is at least well-formed", () => {
  const app = path.join(ANDROID, "app/src/main/java");
  const files = (fs.readdirSync(app, { recursive: true }) as string[]).filter((name) => name.endsWith(".kt"));
  const all = [...files.map((name) => path.join(app, name)), ...sources(path.join(ANDROID, "core"), ".kt")];
  const { stderr } = spawnSync("kotlinc", [...all, "-d", path.join(folder, "app.jar")], { encoding: "utf8" });
  expect(stderr).toMatch(/error: unresolved reference: android/);
  expect(stderr).not.toMatch(
    /error: (expecting|unexpected)|unresolved reference: (Login|Event|Effect|Phase|Notice|step)/i,
  );
});
