import fs from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";

const ROOT = path.resolve(__dirname, "../..");

test("CONTRIBUTING.md says why each runtime dependency is here, and names no other", () => {
  const text = fs.readFileSync(path.join(ROOT, "CONTRIBUTING.md"), "utf8");
  const rows = text.slice(text.indexOf("| package "), text.indexOf("`package.json` pins")).split("\n").slice(2);
  const justified = rows.flatMap((row) =>
    [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  const used = [
    "server",
    "phone",
    "packages/launch",
    "packages/release",
    "packages/wechat",
    "examples/browser-host",
    "examples/backends/node",
  ].flatMap((workspace) => {
    const manifest = fs.readFileSync(path.join(ROOT, workspace, "package.json"), "utf8");
    return Object.keys((JSON.parse(manifest) as { dependencies?: object }).dependencies ?? {});
  });
  // Bundled into the console's page, so that a server is installed without them.
  const bundled = JSON.parse(fs.readFileSync(path.join(ROOT, "console/package.json"), "utf8")) as {
    devDependencies: object;
  };
  used.push(...Object.keys(bundled.devDependencies));
  const foreign = used.filter((name) => !name.startsWith("@app2wxapp/"));
  expect(new Set(justified)).toEqual(new Set(foreign));
});
