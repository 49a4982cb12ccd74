import http from "node:http";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createHttpServer, json } from "../src/http-server";

const server = createHttpServer([({ path, body }) => (path === "/echo" ? json(body ?? null) : undefined)]);
let origin: string;

beforeAll(async () => {
  origin = await server.start(0);
});
afterAll(() => server.stop());

/** fetch cannot set Host. */
function status(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    http
      .get(`${origin}/echo`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
      .on("error", reject);
  });
}

test("the phone answers its own pages", async () => {
  expect(await status({ origin })).toBe(200);
  const response = await fetch(`${origin}/echo`, { method: "POST", body: '{"a":1}' });
  expect(await response.json()).toEqual({ a: 1 });
});

test("another site's page in the same browser is refused", async () => {
  expect(await status({ origin: "https://evil.example" })).toBe(403);
});

test("a name that was made to point at loopback is refused", async () => {
  expect(await status({ host: "evil.example" })).toBe(403);
});

test("what no route answers is 404, a body that is no JSON an error", async () => {
  expect((await fetch(`${origin}/other`)).status).toBe(404);
  expect((await fetch(`${origin}/echo`, { method: "POST", body: "{" })).status).toBe(500);
});

test("a taken port fails at once, with the system's word for it", async () => {
  const second = createHttpServer([]);
  await expect(second.start(Number(new URL(origin).port))).rejects.toThrow("EADDRINUSE");
});
