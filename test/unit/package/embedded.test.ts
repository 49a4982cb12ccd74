import path from "node:path";
import { expect, jest, test } from "@jest/globals";
import Ajv from "ajv";
import { filesIn, read, REPOSITORY } from "./files";

const { config: schemas } = jest.requireActual<{ config: Record<string, object> }>(
  "miniprogram-ci/dist/schema/dist/index.js",
);

/** What `npm run build:embedded` makes, the applet of somebody else, that applet with the login in it, and compiled. */
const SUBPACKAGE = path.join(REPOSITORY, "dist-embedded");
const HOST = path.join(REPOSITORY, "test/fixture/host-applet");
const EMBEDDED = path.join(REPOSITORY, ".cache/embedded");
const COMPILED = path.join(REPOSITORY, ".cache/embedded-official");

test("the login is one folder, beside what the host adds to its app.json", () => {
  const files = filesIn(SUBPACKAGE, "").filter((file) => path.extname(file) !== "" && !file.endsWith(".map"));
  expect(files.toSorted()).toEqual([
    "app.json",
    "routes/explore.js",
    "routes/explore.json",
    "routes/explore.wxml",
    "routes/explore.wxss",
  ]);
});

test("the host's app.json with the login's entry is what WeChat's schema asks for", () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schemas["app"] as object);
  validate(JSON.parse(read(EMBEDDED, "app.json")));
  expect(validate.errors ?? []).toEqual([]);
});

test("the host's own files are left as they are, and all of them reach phones beside the login's", () => {
  const own = filesIn(HOST, "").filter((file) => path.extname(file) !== "");
  expect(own.filter((file) => read(EMBEDDED, file) !== read(HOST, file))).toEqual(["app.json"]);
  const login = filesIn(SUBPACKAGE, "").filter((file) => /^routes\/.*\.(js|json|wxml|wxss)$/.test(file));
  expect(filesIn(COMPILED, "").filter((file) => path.extname(file) !== "")).toEqual(
    expect.arrayContaining([...own, ...login]),
  );
});

test("phones load the login without the host: an independent subpackage at the documented path", () => {
  const host = JSON.parse(read(HOST, "app.json")) as object;
  expect(JSON.parse(read(COMPILED, "app.json"))).toMatchObject({
    ...host,
    subPackages: [{ root: expect.stringMatching(/^routes\/?$/), pages: ["explore"], independent: true }],
  });
});
