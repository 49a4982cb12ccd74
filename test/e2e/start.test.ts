import { exec } from "node:child_process";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterEach, expect, test } from "@jest/globals";
import type { PhoneSetup } from "../../phone/src/setup";
import { startDemo } from "./demo-program";

let running: ReturnType<typeof startDemo> | undefined;
let squatter: http.Server | undefined;

afterEach(async () => {
  await running?.stop();
  squatter?.close();
});

function start(...parameters: Parameters<typeof startDemo>) {
  running = startDemo(...parameters);
  return running;
}

test("the first address printed shows the phone, and Ctrl-C ends the auth server too", async () => {
  const { address, stop, said, complaint } = start();
  const page = await address;
  expect((await fetch(page)).status).toBe(200);
  const { ext } = (await (await fetch(`${page}/setup`)).json()) as PhoneSetup;
  expect((await fetch(`${ext.authOrigin}/healthz`)).status).toBe(200);

  expect(await stop()).toBe(0);
  await expect(fetch(`${ext.authOrigin}/healthz`)).rejects.toThrow("fetch failed");
  expect(said()).toMatch(/^\n {2}打开 \/ Open {2}http:.*\n {2}控制台 \/ Console {2}http:/);
  expect(complaint()).toBe("");
});

test.each(["PORT", "ADMIN_PORT", "PHONE_PORT"] as const)(
  "a taken %s is told in words, and nothing stays behind",
  async (name) => {
    const taken = http.createServer();
    squatter = taken;
    await new Promise<void>((done) => {
      taken.listen(0, "127.0.0.1", done);
    });
    const port = String((taken.address() as AddressInfo).port);
    const { ended, complaint } = start({ [name]: port });
    expect(await ended).toBe(1);
    expect(complaint()).toContain(`Port ${port} is taken: set PORT, ADMIN_PORT or PHONE_PORT to another one`);
  },
);

test("a developer's backend is told its pool, secret and key, and a curl command that shows whether they are right", async () => {
  const { address, said, settings } = start();
  await address;
  const { AUTH_ORIGIN, USER_POOL_ID, POOL_SECRET, TOKEN_KEYS } = settings();
  expect(said()).toContain(`# JWKS  ${AUTH_ORIGIN}/oauth/jwks/${USER_POOL_ID}\n`);
  expect(TOKEN_KEYS).toMatch(/^[\w-]{43}$/);
  const curl = /^curl .*$/m.exec(said())?.[0] ?? "";
  expect((await promisify(exec)(curl)).stdout).toBe('{"active":false}');
  expect((await promisify(exec)(curl.replace(POOL_SECRET!, "wrong"))).stdout).toContain("client.unauthorized");
});

test("with --tokens ES256, it is told where the public keys are", async () => {
  const { address, said, settings } = start({}, ["--tokens", "ES256"]);
  await address;
  expect(settings()).not.toHaveProperty("TOKEN_KEYS");
  const [discovery, jwks] = [/# Discovery +(\S+)/, /# JWKS +(\S+)/].map((line) => line.exec(said())?.[1] ?? "");
  expect(await (await fetch(discovery!)).json()).toMatchObject({ jwks_uri: jwks });
  expect(await (await fetch(jwks!)).json()).toEqual({ keys: [expect.objectContaining({ alg: "ES256" })] });
});

test.each([
  [["--backend", "localhost:3000"], "--backend localhost:3000: http://… / https://…"],
  [["--tokens", "none"], "--tokens none: HS256 / ES256"],
  [["--bakend", "http://127.0.0.1:3000"], "'--bakend'"],
])("%j is refused with the usage", async (args, problem) => {
  const { ended, complaint } = start({}, args);
  expect(await ended).toBe(1);
  expect(complaint()).toContain(problem);
  expect(complaint()).toContain("npm start -- [--backend");
  expect(complaint()).not.toContain("    at ");
});
