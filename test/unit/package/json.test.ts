import { expect, jest, test } from "@jest/globals";
import Ajv from "ajv";
import { DIST, filesIn, read, REPOSITORY, SOURCES } from "./files";

const { config: schemas } = jest.requireActual<{ config: Record<string, object> }>(
  "miniprogram-ci/dist/schema/dist/index.js",
);

/** WeChat's schemas as devtools and upload use them; `strict: false`, because they say more than draft 7 knows. */
const ajv = new Ajv({ strict: false, allErrors: true });

const FILES = [SOURCES, DIST].flatMap((folder) => [
  [folder, "app.json", schemas["app"]],
  [folder, "routes/explore.json", schemas["page"]],
  [folder, "theme.json", schemas["theme"]],
  [folder, "sitemap.json", schemas["sitemap"]],
]) as [string, string, object][];

test.each([
  ...FILES,
  [REPOSITORY, "project.config.json", schemas["projectconfig"]],
  [DIST, "project.config.json", schemas["projectconfig"]],
] as [string, string, object][])("%s/%s is what WeChat's schema asks for", (folder, file, schema) => {
  const validate = ajv.compile(schema);
  validate(JSON.parse(read(folder, file)));
  expect(validate.errors ?? []).toEqual([]);
});

test("every page of app.json is there, script, markup, style and settings", () => {
  const { pages } = JSON.parse(read(SOURCES, "app.json")) as { pages: string[] };
  expect(pages).toEqual(["routes/explore"]);
  for (const ending of ["ts", "wxml", "wxss", "json"]) {
    expect(filesIn(SOURCES, `.${ending}`)).toContain(`routes/explore.${ending}`);
  }
});

test("every theme variable that app.json names has a value by day and by night", () => {
  const named = [...read(SOURCES, "app.json").matchAll(/"@(\w+)"/g)].map(([, name]) => name as string);
  const themes = JSON.parse(read(SOURCES, "theme.json")) as Record<"light" | "dark", Record<string, string>>;
  for (const theme of [themes.light, themes.dark]) expect(Object.keys(theme)).toEqual(expect.arrayContaining(named));
});
