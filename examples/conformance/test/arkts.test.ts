import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import vm from "node:vm";
import { expect, test } from "@jest/globals";
import { buildSync } from "esbuild";
import { answerCalls, eventCalls, orderCalls, startCalls, type Call } from "./core-calls";

const CORE = path.resolve(__dirname, "../../harmonyos/entry/src/main/ets/login");
const FILES = fs.readdirSync(CORE);
/** What the core exports, as far as it is used here. */
interface Core {
  Login: {
    new (path: string, state: string, codeVerifier: string, expiresAt: number, answered: boolean): CoreLogin;
    start(pool: string, getPhone: boolean, now: number, secrets: object): CoreLogin;
  };
  LoginState: { new (): CoreState; restore(saved: string | null, now: number): CoreState };
  Step: new (state: CoreState) => CoreStep;
  judge(login: CoreLogin | null, text: string | null, now: number): Fields;
}
type Fields = Record<string, string>;
type CoreLogin = { stored(): string; codeVerifier: string };
type CoreStep = { state: CoreState; effect: Fields | null };
type CoreState = { phase: string; notice: Fields | null; saved(): string | null } & {
  [event in "started" | "notOpened" | "answered" | "foregrounded" | "exchanged" | "refused" | "signedOut"]: (
    ...args: unknown[]
  ) => CoreStep;
};

const { Login, LoginState, Step, judge } = load();

/** The core is ArkTS that is TypeScript too: no module of the system's, no ArkUI. */
function load(): Core {
  const { outputFiles } = buildSync({
    stdin: {
      contents: FILES.map((file) => `export * from "./${path.parse(file).name}";`).join("\n"),
      resolveDir: CORE,
    },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "core",
    loader: { ".ets": "ts" },
    resolveExtensions: [".ets"],
  });
  return vm.runInNewContext(`${outputFiles[0]!.text}; core`) as Core;
}

/** Puts calls to the core, as the harnesses of the other languages do; gives the first that was answered wrongly. */
function firstWrong(calls: Call[]): Call | undefined {
  const logins: Record<string, CoreLogin> = {};
  let state = new LoginState();
  return calls.find(({ fields, said }) => {
    const [name, now, first, ...rest] = fields as [string, number, string, ...string[]];
    return say(name, now, first, rest) !== said;
  });

  function say(name: string, now: number, first: string, rest: string[]): string {
    if (name === "start") {
      const secrets = {
        random: () => Buffer.from(rest.splice(1, 1)[0]!, "base64"),
        sha256: (ascii: string) => createHash("sha256").update(ascii).digest(),
      };
      return Login.start(first, Number(rest[0]) === 1, now, secrets)
        .stored()
        .replace(/\n/g, " ");
    }
    if (name === "login") logins[first] = new Login(rest[0]!, rest[1]!, rest[2]!, Number(rest[3]), Boolean(rest[4]));
    else if (name === "new") state = new LoginState();
    else if (name === "judge") return saidAnswer(judge(logins[first] ?? null, text(rest[0]!), now), logins[first]);
    else {
      const step = name === "restarted" ? new Step(LoginState.restore(state.saved(), now)) : happen(name, first, now);
      state = step.state;
      return `${state.phase}\t${saidNotice(state.notice)}\t${saidEffect(step.effect)}`;
    }
    return "ok";
  }

  function happen(name: string, first: string, now: number): CoreStep {
    const argument = name === "started" ? logins[first] : name === "answered" ? text(first) : first;
    return state[name as "started"](argument, now);
  }
}

const text = (field: string) => (field === "-" ? null : Buffer.from(field, "base64").toString("utf8"));

function saidAnswer({ outcome, ticket, code, message, reason }: Fields, login: CoreLogin | undefined): string {
  if (outcome === "granted") return `granted ${ticket} ${login?.codeVerifier}`;
  if (outcome === "failed") return `failed ${code} ${message}`;
  return outcome === "ignored" ? `ignored ${reason}` : "cancelled";
}

function saidNotice(notice: Fields | null): string {
  return notice?.["kind"] === "failed" ? `failed ${notice["code"]} ${notice["message"]}` : (notice?.["kind"] ?? "-");
}

function saidEffect(effect: Fields | null): string {
  if (!effect) return "-";
  const { kind, path: launch, state, ticket, codeVerifier, reason } = effect;
  if (kind === "open") return `open ${launch} ${state}`;
  return kind === "ignore" ? `ignore ${reason}` : `exchange ${ticket} ${codeVerifier} ${state}`;
}

test("ArkTS's core starts a login as the vectors say", () => expect(firstWrong(startCalls())).toBeUndefined());
test("ArkTS's core reads every string as the vectors say", () => expect(firstWrong(answerCalls())).toBeUndefined());
test("ArkTS's core does with every event what the vectors say", () => expect(firstWrong(eventCalls())).toBeUndefined());
test("ArkTS's core goes through ten thousand shuffled orders step by step as TypeScript does", () => {
  expect(firstWrong(orderCalls())).toBeUndefined();
});

test("ArkTS's core type-checks", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "arkts-"));
  try {
    const files = FILES.map((file) => path.join(folder, file.replace(/ets$/, "ts")));
    FILES.forEach((file, i) => fs.copyFileSync(path.join(CORE, file), files[i]!));
    const tsc = path.resolve(__dirname, "../../../node_modules/typescript/bin/tsc");
    const options = ["--strict", "--noEmit", "--types", "", "--target", "es2021", "--module", "esnext"];
    const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...files], { encoding: "utf8", cwd: folder });
    expect(stdout).toBe("");
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test.each(FILES)("%s has nothing of TypeScript that ArkTS forbids", (file) => {
  const code = fs.readFileSync(path.join(CORE, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  expect(code).not.toMatch(/\b(any|unknown|var|keyof|typeof|delete|in|is|with)\b/);
  expect(code).not.toMatch(/(const|let) [{[]|\.\.\.|[=(,] *\/|#\w|!\./);
});
