import { exec } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { RETURN_CODES } from "@app2wxapp/launch";
import {
  CODE_CHALLENGE,
  readLaunch,
  SERVER_ERRORS,
  STATE,
  USER_POOL_ID,
  type ReturnCode,
  type ServerErrorCode,
} from "@app2wxapp/protocol";
import jwt from "jsonwebtoken";
import { WORDS } from "../../miniprogram/messages/words";
import { MESSAGES } from "../../server/src/messages";
import { stranger, World } from "../../server/test/support/world";
import {
  BACKEND_ADVICE,
  BACKEND_CALLS,
  CLAIMS,
  LAUNCH_PARAMETERS,
  NEXT_STEPS,
  RETURN_MEANINGS,
  type Said,
} from "./contract-words";

/** The tables of docs/contract.md are made of the code: `npm run docs` writes them. */
const PAGES = ["docs/contract.zh.md", "docs/contract.md"];
const ROOT = path.resolve(__dirname, "../..");

/** A challenge belongs to one person. */
const WANG = stranger();

let world: World;
let calls: Map<string, { method: string; path: string; refusals: [string, ServerErrorCode[]][] }>;
let claims: string[];
beforeAll(async () => {
  world = await World.open();
  calls = callsOf((await world.app.inject("/openapi.json")).json());
  const { token } = (await world.exchange({ ticket: await world.ticket(stranger()), secret: world.pool.secret })).json<{
    token: string;
  }>();
  claims = Object.keys(jwt.decode(token) as object);
});
afterAll(() => world.close());

type Operation = { operationId: string; responses: Record<string, { content?: object }> };

/** Each call with the codes it can be refused with, by HTTP status, as the OpenAPI document says. */
function callsOf({ paths }: { paths: Record<string, Record<string, Operation>> }): typeof calls {
  const all = Object.entries(paths).flatMap(([address, methods]) =>
    Object.entries(methods).map(([method, { operationId, responses }]) => {
      const refusals = Object.entries(responses)
        .filter(([status]) => Number(status) >= 400)
        .map(([status, { content }]): [string, ServerErrorCode[]] => {
          const [, codes = ""] = /"enum":\[([^\]]*)\]/.exec(JSON.stringify(content)) ?? [];
          return [status, codes.replaceAll('"', "").split(",") as ServerErrorCode[]];
        });
      return [operationId, { method: method.toUpperCase(), path: address, refusals }] as const;
    }),
  );
  return new Map(all);
}

const FORMATS: Record<string, RegExp> = {
  userPoolId: USER_POOL_ID,
  state: STATE,
  codeChallenge: CODE_CHALLENGE,
  nonce: STATE,
};
const code = (text: string): string => `\`${text}\``;

/** The rows of each table, its heading first. */
function tables(language: 0 | 1): Record<string, string[][]> {
  const say = (said: Said): string => said[language];
  const head = (zh: string[], en: string[]): string[] => [zh, en][language]!;
  const backendCalls = Object.entries(BACKEND_CALLS).map(([id, means]) => ({ call: calls.get(id)!, means }));
  const codes = new Set(backendCalls.flatMap(({ call }) => call.refusals.flatMap(([, some]) => some)));
  return {
    launch: [
      head(["参数", "含义", "格式", "格式不对时"], ["parameter", "meaning", "format", "malformed"]),
      ...Object.entries(LAUNCH_PARAMETERS).map(([name, { means }]) => {
        const isRefused = readLaunch({ [name]: "?" }).malformed.length > 0;
        const wrong = isRefused
          ? (["422 返回 App", "422 goes back to the app"] as const)
          : (["忽略", "ignored"] as const);
        const rule = FORMATS[name]?.source.slice(1, -1);
        return [code(name), say(means), rule === undefined ? "" : code(rule), say(wrong)];
      }),
    ],
    return: [
      head(
        ["code", "message", "含义", "App 怎么做", "服务器的错误码"],
        ["code", "message", "meaning", "what the app does", "error codes of the server"],
      ),
      ...Object.entries(RETURN_CODES).map(([number, { next }]) => [
        number,
        WORDS[number as `${ReturnCode}`][language === 0 ? 0 : 2],
        say(RETURN_MEANINGS[Number(number) as ReturnCode]),
        say(NEXT_STEPS[next]),
        Object.entries(SERVER_ERRORS)
          .filter(([, { returned }]) => returned === Number(number))
          .map(([error]) => code(error))
          .join(" "),
      ]),
    ],
    calls: [
      head(["调用", "用途", "拒绝"], ["call", "for", "refused with"]),
      ...backendCalls.map(({ call: { method, path: address, refusals }, means }) => [
        code(`${method} ${address.replaceAll(/\{(\w+)\}/g, ":$1")}`),
        say(means),
        refusals.map(([status, some]) => `${status} ${some.map(code).join(" ")}`).join("; "),
      ]),
    ],
    errors: [
      head(["error", "HTTP", "含义", "后端怎么做"], ["error", "HTTP", "meaning", "what the backend does"]),
      ...(Object.keys(SERVER_ERRORS) as ServerErrorCode[])
        .filter((error) => codes.has(error))
        .map((error) => [
          code(error),
          String(SERVER_ERRORS[error].status),
          MESSAGES[error][language === 0 ? 0 : 2],
          say(BACKEND_ADVICE[error]!),
        ]),
    ],
    claims: [
      head(["字段", "含义"], ["claim", "meaning"]),
      ...claims.map((claim) => [code(claim), say(CLAIMS[claim]!)]),
    ],
  };
}

const TABLE = /<!-- table (\w+) -->\n([\s\S]*?)<!-- end -->/g;

function written(rows: string[][]): string {
  const [heading = [], ...others] = rows;
  const lines = [heading, heading.map(() => "---"), ...others];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
}

/** The cells of a table, however wide its columns are drawn. */
function read(table: string): string[][] {
  const lines = table.trim().split("\n");
  const rows = lines.map((line) => line.split(/(?<!\\)\|/).slice(1, -1));
  return rows.filter((_, row) => row !== 1).map((cells) => cells.map((cell) => cell.trim().replaceAll("\\|", "|")));
}

test.each(PAGES.map((page, language) => [page, language as 0 | 1] as const))(
  "the tables of %s are what the code does",
  (page, language) => {
    const file = path.join(ROOT, page);
    const text = fs.readFileSync(file, "utf8");
    const made = tables(language);
    if (process.env["UPDATE_DOCS"] === "1") {
      const table = (_: string, name: string) => `<!-- table ${name} -->\n\n${written(made[name]!)}\n\n<!-- end -->`;
      fs.writeFileSync(file, text.replaceAll(TABLE, table));
      return;
    }
    const found = [...text.matchAll(TABLE)].map(([, name, table = ""]) => [name, read(table)]);
    expect(Object.fromEntries(found)).toEqual(made);
  },
);

test("each launch parameter of the contract is read as its example says", () => {
  const query = Object.fromEntries(Object.entries(LAUNCH_PARAMETERS).map(([name, { example }]) => [name, example]));
  const { malformed, ...launch } = readLaunch(query);
  expect(malformed).toEqual([]);
  expect(Object.keys(launch).toSorted()).toEqual(Object.keys(LAUNCH_PARAMETERS).toSorted());
  const { useSelfWxapp, getPhone, fromApp, ...texts } = launch;
  expect([useSelfWxapp, getPhone, fromApp]).toEqual([false, true, true]);
  expect(query).toMatchObject(texts);
});

test.each(PAGES)("the command of %s trades a ticket for a user", async (page) => {
  const origin = world.app.server.listening ? world.app.listeningOrigin : await world.app.listen({ port: 0 });
  const codeVerifier = "dBjFtJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const codeChallenge = createHash("sha256").update(codeVerifier).digest("base64url");
  const ticket = await world.ticket(WANG, { codeChallenge });
  const [command = ""] = /^curl [\s\S]*?(?=```)/m.exec(fs.readFileSync(path.join(ROOT, page), "utf8")) ?? [];
  const filled = command.replace('"ticket":"…"', `"ticket":"${ticket}"`).replace('"…"', `"${codeVerifier}"`);
  const env = { ...process.env, AUTH_ORIGIN: origin, USER_POOL_ID: world.pool.id, POOL_SECRET: world.pool.secret };
  const { stdout } = await promisify(exec)(filled.replace("curl", "curl -sS"), { env });
  expect(JSON.parse(stdout)).toMatchObject({ nickname: "微信用户", token: expect.any(String) });
});
