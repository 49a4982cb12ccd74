import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { TmplGroup } from "glass-easel-template-compiler";
import { DIST, filesIn, read, REPOSITORY, SOURCES } from "./files";

const COMPILERS = path.join(REPOSITORY, "node_modules/miniprogram-compiler/bin/linux");
const FOLDERS = [
  ["the sources", SOURCES],
  ["dist/", DIST],
] as const;

/** WeChat's own compilers of 2020: what they take, every devtools takes. */
function compile(tool: "wcc" | "wcsc", folder: string, ...args: string[]) {
  const { status, stderr } = spawnSync(path.join(COMPILERS, tool), args, { cwd: folder, encoding: "utf8" });
  return { status, stderr };
}

beforeAll(() => {
  for (const tool of ["wcc", "wcsc"]) fs.chmodSync(path.join(COMPILERS, tool), 0o755); // published without the bit
});

test.each(FOLDERS)("wcc takes the markup of %s without a word", (_what, folder) => {
  for (const file of filesIn(folder, ".wxml")) {
    expect(compile("wcc", folder, "-d", "-cc", "0", `./${file}`, "-gn", "$gwx")).toEqual({ status: 0, stderr: "" });
  }
});

test.each(FOLDERS)("wcsc takes the styles of %s without a word", (_what, folder) => {
  const sheets = filesIn(folder, ".wxss").map((file) => `./${file}`);
  expect(sheets).toContain("./routes/explore.wxss");
  expect(compile("wcsc", folder, "-lc", "-pc", String(sheets.length - 1), ...sheets)).toEqual({
    status: 0,
    stderr: "",
  });
});

test.each(FOLDERS)("glass-easel's compiler has no warning for the markup of %s", (_what, folder) => {
  const group = new TmplGroup();
  const warnings = filesIn(folder, ".wxml").flatMap((file) => group.addTmpl(file, read(folder, file)) as unknown[]);
  group.free();
  expect(warnings).toEqual([]);
});

test("every handler that the markup names is one of the page, and the page has no other", () => {
  const markup = read(SOURCES, "routes/explore.wxml");
  const named = new Set([...markup.matchAll(/\bbind[a-z]+="(\w+)"/g)].map(([, handler]) => handler));
  const script = read(SOURCES, "routes/explore.ts");
  const methods = new Set([...script.matchAll(/^ {2}(on[A-Z]\w+)[(:]/gm)].map(([, method]) => method));
  for (const hook of ["onLoad", "onShow", "onHide", "onUnload"]) methods.delete(hook);
  expect(named).toEqual(methods);
});

test.each(FOLDERS)("every import, include and local image that %s name exists", (_what, folder) => {
  const named = [...filesIn(folder, ".wxml"), ...filesIn(folder, ".wxss")].flatMap((file) =>
    [...read(folder, file).matchAll(/(?:\bsrc=|@import\s*|url\()["']?([^"'){}\s]+\.\w+)/g)].map(([, target]) =>
      path.posix.join(path.posix.dirname(file), target as string),
    ),
  );
  expect(named.filter((file) => !fs.existsSync(path.join(folder, file)))).toEqual([]);
});

test("buttons are gated by whether they exist: nothing in the markup is ever disabled", () => {
  expect(read(SOURCES, "routes/explore.wxml")).not.toContain("disabled");
});

test("devtools opens the sources as they are cloned, and dist/ as it is built", () => {
  const source = JSON.parse(read(REPOSITORY, "project.config.json"));
  expect(source).toMatchObject({
    miniprogramRoot: "miniprogram/",
    setting: { useCompilerPlugins: ["typescript"], urlCheck: false, es6: false, enhance: false },
  });
  expect(JSON.parse(read(DIST, "project.config.json"))).toMatchObject({
    miniprogramRoot: "./",
    setting: { useCompilerPlugins: false, urlCheck: true, es6: false, enhance: false },
  });
});
