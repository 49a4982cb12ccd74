import path from "node:path";
import { expect, test } from "@jest/globals";
import { filesIn, read, REPOSITORY, SOURCES } from "./files";

/** What each layer may import at run time; types may come from anywhere, they are gone when the code runs. */
const MAY_IMPORT: Record<string, string[]> = {
  protocol: ["protocol"],
  messages: ["protocol"],
  flow: ["protocol", "messages", "flow"],
  platform: ["platform"],
  services: ["protocol", "messages", "flow", "platform", "services", "config", "config-overrides", "mode"],
  routes: ["services"],
  app: ["protocol", "platform", "services"],
  config: [],
  mode: ["flow", "config"],
  "config-overrides": ["protocol"],
  "config-settings": ["config", "config-overrides", "protocol"],
};

const scripts = filesIn(SOURCES, ".ts");
const layerOf = (file: string) => (file.split("/")[0] as string).replace(/\.ts$/, "");

/** Where a script's own imports lead, without those that TypeScript erases. */
function importsOf(file: string): string[] {
  const imports = read(SOURCES, file).matchAll(/^(?:import|export) (?!type )[^;]*?from "([^"]+)";/gms);
  return [...imports].map(([, target]) => path.posix.join(path.posix.dirname(file), target as string));
}

test.each(scripts)("%s imports only what its layer may", (file) => {
  const allowed = MAY_IMPORT[layerOf(file)];
  expect(allowed).toBeDefined();
  expect(importsOf(file).filter((target) => !allowed?.includes(layerOf(target)))).toEqual([]);
});

test("the server, the phone and the packages know of the applet only the protocol, by its package's name", () => {
  const outside = ["server", "phone", "packages"].flatMap((folder) =>
    filesIn(path.join(REPOSITORY, folder), ".ts").map((file) => `${folder}/${file}`),
  );
  expect(outside).toContain("server/src/main.ts");
  expect(outside.filter((file) => /(?:from|import\() ?"[^"]*\/miniprogram\//.test(read(REPOSITORY, file)))).toEqual([]);
});

test("only platform/ speaks to WeChat", () => {
  const speakers = scripts.filter((file) => /\bwx\./.test(withoutComments(read(SOURCES, file))));
  expect(new Set(speakers.map(layerOf))).toEqual(new Set(["platform"]));
});

test("the flow is pure: no clock, no timer, no chance, no promise", () => {
  const impure = scripts
    .filter((file) => layerOf(file) === "flow")
    .filter((file) => /Date\.|setTimeout|Math\.random|Promise|await /.test(withoutComments(read(SOURCES, file))));
  expect(impure).toEqual([]);
});

test("the page has no words, no waiting and no catching of its own", () => {
  expect(withoutComments(read(SOURCES, "routes/explore.ts"))).not.toMatch(/await|try \{|\p{Script=Han}/u);
  expect(withoutComments(read(SOURCES, "routes/explore.wxml"))).not.toMatch(/\p{Script=Han}/u);
});

test("nothing hangs on the version a person runs: review runs as develop", () => {
  expect(scripts.filter((file) => read(SOURCES, file).includes("envVersion"))).toEqual([]);
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|^\s*\/\/.*$|\s\/\/ .*$/gm, "");
}
