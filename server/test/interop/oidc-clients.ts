import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import path from "node:path";
import { beginLogin } from "../support/standard-login";
import { stranger, World, type TestPool } from "../support/world";

const CLIENTS = path.join(__dirname, "clients");
const JARS = [
  "google-oauth-client",
  "google-http-client",
  "google-http-client-gson",
  "gson",
  "guava",
  "httpclient",
  "httpcore",
  "opencensus-api",
  "opencensus-contrib-http-util",
  "grpc-context",
].map((name) => `/usr/share/java/${name}.jar`);

/** Clients of OpenID Connect as Debian packages them, each a program that signs in by the issuer's address. */
const PROGRAMS: Record<string, { command: string[]; env?: Record<string, string>; packages: string }> = {
  "Authlib (Python)": {
    command: ["/usr/bin/python3", path.join(CLIENTS, "authlib_client.py")],
    // Loopback is plain http.
    env: { AUTHLIB_INSECURE_TRANSPORT: "1" },
    packages: "python3-authlib python3-requests",
  },
  "go-oidc, oauth2 and golang-jwt (Go)": {
    command: ["go", "run", path.join(CLIENTS, "go/main.go")],
    env: { GO111MODULE: "off", GOPATH: "/usr/share/gocode", GOFLAGS: "" },
    packages: "golang-go golang-github-coreos-go-oidc-dev golang-golang-x-oauth2-dev golang-github-golang-jwt-jwt-dev",
  },
  "Google's OAuth client (Java)": {
    command: ["java", "-cp", JARS.join(":"), path.join(CLIENTS, "GoogleClient.java")],
    packages: "default-jdk-headless libgoogle-oauth-client-java",
  },
};

let world: World;
let pool: TestPool;
let other: TestPool;
let origin: string;
beforeAll(async () => {
  // They ask over the network and look at the real clock.
  world = await World.open({ time: Date.now(), settings: { publicOrigin: undefined } });
  pool = await world.createPool({ tokenAlgorithm: "ES256" });
  other = await world.createPool({ tokenAlgorithm: "ES256" });
  origin = await world.listen();
});
afterAll(() => world.close());

const issuerOf = ({ id }: TestPool): string => `${origin}/${id}`;

/** A login as a program reads it; `changes` are what the backend expects of the id_token and should not. */
async function login(method: string, changes: Partial<Record<"issuer" | "audience" | "nonce", string>> = {}) {
  const person = stranger();
  const { ticket, codeVerifier: verifier, nonce } = await beginLogin(world, pool, person);
  const expected = { issuer: issuerOf(pool), audience: pool.id, nonce, ...changes };
  const client = { issuer: issuerOf(pool), clientId: pool.id, secret: pool.secret, method };
  return { person, line: JSON.stringify({ ...client, ticket, verifier, expected }) };
}

/** Runs beside this process, which is the server. */
function run({ command: [program = "", ...args], env = {} }: (typeof PROGRAMS)[string], lines: string[]) {
  return new Promise<string[]>((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
    let said = "";
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString("utf8")));
    child.once("error", reject);
    child.once("close", () => {
      const answers = said.split("\n").slice(0, -1);
      if (answers.length === lines.length) resolve(answers);
      else reject(new Error(complaint));
    });
    child.stdin.end(`${lines.join("\n")}\n`);
  });
}

describe.each(Object.keys(PROGRAMS))("%s, as Debian packages it,", (name) => {
  test("signs people in by the issuer's address, and refuses another nonce, audience, issuer and pool", async () => {
    const good = [await login("client_secret_basic"), await login("client_secret_post")];
    const bad = [
      await login("client_secret_basic", { nonce: "another" }),
      await login("client_secret_basic", { audience: other.id }),
      await login("client_secret_basic", { issuer: issuerOf(other), audience: pool.id }),
      await login("client_secret_basic", { issuer: issuerOf(other), audience: other.id }),
    ];
    const program = PROGRAMS[name]!;
    const answers = await run(
      program,
      [...good, ...bad].map(({ line }) => line),
    ).catch((error: Error) => {
      throw new Error(`this test needs: apt-get install ${program.packages}\n${error.message}`);
    });
    const people = await Promise.all(good.map(async ({ person }) => (await world.login(person, {}, pool))["_id"]));
    expect(answers.slice(0, 2)).toEqual(people);
    const [nonce, audience, issuer, both] = answers.slice(2);
    expect(nonce).toMatch(/^refused.*nonce/i);
    expect(audience).toMatch(/^refused.*(aud|recipient|another)/i);
    expect(issuer).toMatch(/^refused.*(iss|key|signature|provider)/i);
    expect(both).toMatch(/^refused/);
  });
});
