import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import Ajv2020 from "ajv/dist/2020";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { EXAMPLES } from "../src/openapi/examples";
import { FIELDS } from "../src/openapi/fields";
import { stranger, World } from "./support/world";

type Schema = Record<string, unknown>;
interface Operation extends Schema {
  operationId: string;
  responses: Record<string, { description: string; headers?: object; content?: Record<string, { schema: Schema }> }>;
}
interface Document {
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

let world: World;
/** As they are published. */
const texts: { open: string; administration: string } = { open: "", administration: "" };
const documentOf = (name: "open" | "administration") => JSON.parse(texts[name]) as Document;

beforeAll(async () => {
  world = await World.open();
  texts.open = (await world.app.inject("/openapi.json")).body;
  texts.administration = (await world.adminApp.inject("/openapi.json")).body;
});
afterAll(() => world.close());

/** Every object in the document that has this key. */
function* having(key: string, value: unknown): Generator<Schema> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value) && key in value) yield value as Schema;
  for (const child of Object.values(value)) yield* having(key, child);
}

const operationsOf = ({ paths: all }: Document) => Object.values(all).flatMap((methods) => Object.values(methods));

async function lint(source: string): Promise<string[]> {
  const config = await createConfig({
    extends: ["recommended-strict"],
    rules: {
      // Some calls cannot be refused; which can, and how, is held below.
      "operation-4xx-response": "off",
      // The address of the server in this test.
      "no-server-example.com": "off",
    },
  });
  const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

describe.each(["open", "administration"] as const)("the description of the %s interface", (name) => {
  test("has nothing that a linter of OpenAPI objects to", async () => {
    expect(await lint(texts[name])).toEqual([]);
    // The control: what is taken away is missed.
    const broken = texts[name].replace(/"operationId":"\w+",/, "");
    expect(await lint(broken)).toEqual([expect.stringContaining("operation-operationId")]);
  });

  test("says of every field and parameter what it means", () => {
    const document = documentOf(name);
    const fields = [...having("properties", document)].flatMap(({ properties }) =>
      Object.entries(properties as Schema),
    );
    const parameters = [...having("in", document.paths)].map((one) => [String(one["name"]), one] as const);
    expect(fields.length).toBeGreaterThan(100);
    const mute = [...fields, ...parameters].filter(([, schema]) => !(schema as Schema)["description"]);
    expect(mute.map(([field]) => field)).toEqual([]);
  });

  test("gives an example of every body that it names, which its schema accepts", () => {
    const { components } = documentOf(name);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: "openapi", components });
    for (const [title, { examples }] of Object.entries(components.schemas)) {
      if (title === "Discovery" || title === "Deletion" || title === "Pool" || title === "User") continue;
      expect({ title, examples }).toEqual({ title, examples: [expect.anything()] });
      const validate = ajv.compile({ $ref: `openapi#/components/schemas/${title}` });
      validate((examples as unknown[])[0]);
      expect({ title, errors: validate.errors }).toEqual({ title, errors: null });
    }
  });

  test("says when to come again wherever a call can be too early", () => {
    const answers = operationsOf(documentOf(name)).flatMap(({ responses }) => Object.entries(responses));
    const early = answers.filter(([status]) => status === "429" || status === "503");
    expect(early.length).toBeGreaterThan(10);
    for (const [, { headers }] of early) {
      expect(headers).toEqual({ "Retry-After": { $ref: "#/components/headers/RetryAfter" } });
    }
  });
});

test("what fields and examples are described is there", () => {
  const both = [documentOf("open"), documentOf("administration")];
  const names = new Set(
    both.flatMap((document) => [
      ...[...having("properties", document)].flatMap(({ properties }) => Object.keys(properties as object)),
      ...[...having("in", document.paths)].map((one) => String(one["name"])),
    ]),
  );
  expect(Object.keys(FIELDS).filter((field) => !names.has(field))).toEqual([]);
  const schemas = new Set(both.flatMap(({ components }) => Object.keys(components.schemas)));
  expect(Object.keys(EXAMPLES).filter((title) => !schemas.has(title))).toEqual([]);
});

const GENERATOR = path.join(__dirname, "../node_modules/openapi-typescript/bin/cli.js");
const TSC = path.join(__dirname, "../../node_modules/typescript/bin/tsc");

/** What an app developer writes against the generated types. */
const CLIENT = `
import createClient from "openapi-fetch";
import type { paths } from "./openapi";

async function signIn([origin = "", userPoolId = "", secret = "", ticket = ""]: string[]) {
  const client = createClient<paths>({ baseUrl: origin });
  const params = { path: { userPoolId } };
  const { data, error } = await client.POST("/oauth/app2wxapp/auth/{userPoolId}", { params, body: { ticket, secret } });
  if (error) return error.error;
  const { token, phone, loginsCount } = data;
  const asked = await client.POST("/oauth/introspect/{userPoolId}", { params, body: { token, secret } });
  const logins: number = loginsCount;
  return { phone, logins, active: asked.data?.active };
}
void signIn(process.argv.slice(2)).then((answer) => console.log(JSON.stringify(answer)));
`;

describe("a client whose types are generated from the description", () => {
  const folder = fs.mkdtempSync(path.join(__dirname, "../../.cache/typed-client-"));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** What a program of a package says of a file in the folder. */
  async function run(program: string, ...parameters: string[]): Promise<string> {
    const child = spawn(process.execPath, [program, ...parameters], { cwd: folder });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    await once(child, "close");
    return said;
  }

  /** What the compiler says of each of these files. */
  async function compile(files: Record<string, string>): Promise<string> {
    const compilerOptions = {
      strict: true,
      skipLibCheck: true,
      module: "node20",
      types: ["node"],
      noEmitOnError: true,
    };
    fs.writeFileSync(
      path.join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: Object.keys(files) }),
    );
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
    return run(TSC, "--pretty", "false");
  }

  test("signs a person in, and the compiler refuses it when it misspells a field, a call or what comes back", async () => {
    fs.writeFileSync(path.join(folder, "openapi.json"), texts.open);
    await run(GENERATOR, "openapi.json", "--output", "openapi.ts");
    expect(await compile({ "client.ts": CLIENT })).toBe("");
    const refused = await compile({
      "field.ts": CLIENT.replace("body: { token,", "body: { tokken: token,"),
      "call.ts": CLIENT.replace("/introspect/", "/inspect/"),
      "reply.ts": CLIENT.replace("const logins: number", "const logins: string"),
    });
    expect(refused.match(/^\w+\.ts(?=.*error TS2)/gm)).toEqual(
      expect.arrayContaining(["field.ts", "call.ts", "reply.ts"]),
    );

    const origin = await world.listen();
    const { id, secret } = world.pool;
    const ticket = await world.ticket(stranger());
    const signIn = async (): Promise<unknown> => JSON.parse(await run("client.js", origin, id, secret, ticket));
    expect(await signIn()).toEqual({ phone: null, logins: 1, active: true });
    expect(await signIn()).toBe("ticket.used");
  });
});
