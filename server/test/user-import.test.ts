import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { sendUsers } from "../src/user-import/sending";
import { readUserLines } from "../src/user-import/user-lines";
import { count } from "./support/counts";
import { DIALECTS } from "./support/databases";
import { ADMIN_TOKEN, stranger, World } from "./support/world";

const PROGRAM = path.resolve(__dirname, "../dist/import-users.js");
const MANY = count(1000, 100_000);
/** The program speaks HTTP only; what the call does on either database is held where the call is. */
const SOAKED = count(1, DIALECTS.length);

async function* lines(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}

const numbered = (length: number) =>
  Array.from({ length }, (_, n) => ({ phone: `+86138${String(n).padStart(8, "0")}`, nickname: `用户${n}` }));

test("lines are read as users; what is wrong is told by line and never quoted", async () => {
  const { users, problems } = await readUserLines(
    lines(
      '{"phone":"+8613800138000","nickname":"林"}',
      "",
      '{"phone":"13800138001"}',
      "{",
      '{"phone":"+8613800138000"}',
      '{"phone":"+8613800138002","password":"secret"}',
      '{"phone":"+8613800138003","nickname":7}',
      "[]",
      '{"phone":"+85261234567"}',
    ),
  );
  expect(users).toEqual([{ phone: "+8613800138000", nickname: "林" }, { phone: "+85261234567" }]);
  expect(problems).toEqual([
    "line 3 needs a phone as E.164 with its +, no spaces: +8613800138000",
    "line 4 is not JSON",
    "line 5 has the phone of line 1",
    "line 6 has a field it should not have: password",
    "line 7 has a nickname that is no text, or too long",
    "line 8 is no object",
  ]);
});

test.each(["docs/from-authing.md", "docs/from-authing.zh.md"])("the command of %s makes users of an export", (page) => {
  const [, script = ""] =
    /^node -e '([\s\S]*?)'/m.exec(fs.readFileSync(path.join(__dirname, "../..", page), "utf8")) ?? [];
  const exported = [
    { phone: "13800138000", phoneCountryCode: "+86", nickname: "林", photo: null, email: null },
    { phone: "61234567", phoneCountryCode: "+852" },
    { phone: "13800138001" },
    { phone: "+14155550100", nickname: "" },
    { phone: null, nickname: "nobody" },
  ];
  const input = exported.map((one) => JSON.stringify(one)).join("\n");
  const users = execFileSync(process.execPath, ["-e", script], { input, encoding: "utf8" }).trim().split("\n");
  expect(users.map((user) => JSON.parse(user) as object)).toEqual([
    { phone: "+8613800138000", nickname: "林" },
    { phone: "+85261234567" },
    { phone: "+8613800138001" },
    { phone: "+14155550100" },
  ]);
});

describe.each(DIALECTS.slice(0, SOAKED))("importing users on %s", (dialect) => {
  let world: World;
  let origin: string;
  let folder: string;
  beforeAll(async () => {
    world = await World.open({ dialect });
    origin = await world.adminApp.listen({ host: "127.0.0.1", port: 0 });
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "import-"));
  });
  afterAll(async () => {
    await world.close();
    fs.rmSync(folder, { recursive: true });
  });

  /** What the program says, and how it ends. */
  async function run(userPoolId: string, users: object[], ...flags: string[]) {
    const file = path.join(folder, "users.jsonl");
    fs.writeFileSync(file, users.map((user) => `${JSON.stringify(user)}\n`).join(""));
    const env = { ADMIN_TOKEN, ADMIN_ORIGIN: origin };
    const child = spawn(process.execPath, [PROGRAM, "--pool", userPoolId, ...flags, file], { env });
    const said = { out: "", err: "" };
    child.stdout.on("data", (chunk: Buffer) => (said.out += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (said.err += chunk.toString("utf8")));
    const [status] = (await once(child, "close")) as [number];
    return { ...said, status };
  }

  test("the program says what would happen, does it, and does nothing more when it is run again", async () => {
    const pool = await world.createPool();
    const users = numbered(450);
    const took = expect.stringMatching(/^450 would be new, 0 known already, \d+\.\d s\n$/);
    expect(await run(pool.id, users, "--dry-run")).toEqual({ out: took, err: "", status: 0 });
    expect(await run(pool.id, users.slice(0, 210))).toMatchObject({ out: expect.stringMatching(/^210 new, 0 known/) });
    expect(await run(pool.id, users)).toMatchObject({ out: expect.stringMatching(/^240 new, 210 known/), status: 0 });
    expect(await run(pool.id, users)).toMatchObject({ out: expect.stringMatching(/^0 new, 450 known/), status: 0 });
    const user = await world.loginWithPhone(stranger({ phone: "+8613800000449" }), pool);
    expect(user).toMatchObject({ nickname: "用户449" });
  });

  test("the program sends nothing while a line is wrong, and says why it stops", async () => {
    const pool = await world.createPool();
    const wrong = await run(pool.id, [...numbered(3), { phone: "138" }]);
    expect(wrong).toMatchObject({ out: "", status: 1 });
    expect(wrong.err).toMatch(/^line 4 needs a phone as E\.164.*\nnothing was imported\n$/);
    expect(await run("nobody", numbered(3))).toMatchObject({
      err: "after 0 of 3 users: 404 There is no such user pool\nrun it again: who is in already is left alone\n",
      status: 1,
    });
    expect(await run(pool.id, numbered(3), "--dry-run")).toMatchObject({ out: expect.stringMatching(/^3 would/) });
  });

  test(`${MANY} users are in at a rate of 100,000 in a minute`, async () => {
    const pool = await world.createPool();
    const startedAt = performance.now();
    const imported = await sendUsers(numbered(MANY), {
      origin,
      userPoolId: pool.id,
      adminToken: ADMIN_TOKEN,
      dryRun: false,
    });
    const seconds = (performance.now() - startedAt) / 1000;
    expect(imported).toEqual({ new: MANY, known: 0 });
    process.stdout.write(MANY > 1000 ? `${dialect}: ${MANY} users in ${seconds.toFixed(1)} s\n` : "");
    // What a busy machine needs for its first steps weighs more in a quick run.
    expect(seconds).toBeLessThan((60 * MANY) / 100_000 + count(5, 0));
  });

  test("a server that asks for a pause gets it", async () => {
    const waited: number[] = [];
    const later = new Response('{"message":"later"}', { status: 503, headers: { "retry-after": "2" } });
    jest.spyOn(globalThis, "fetch").mockResolvedValueOnce(later);
    const imported = await sendUsers(numbered(1), {
      origin,
      userPoolId: (await world.createPool()).id,
      adminToken: ADMIN_TOKEN,
      dryRun: false,
      wait: async (milliseconds) => void waited.push(milliseconds),
    });
    expect({ imported, waited }).toEqual({ imported: { new: 1, known: 0 }, waited: [2000] });
  });
});
