import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { World } from "./support/world";

let world: World;
beforeAll(async () => (world = await World.open()));
afterAll(() => world.close());

const get = (url: string, headers = {}) => world.adminApp.inject({ url, headers });

test.each(["/console", "/console/pools/0123456789abcdef01234567/people"])(
  "%s is the console, whose policy lets nothing in that is not its own",
  async (url) => {
    const { statusCode, headers, body } = await get(url);
    expect(statusCode).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    const policy = String(headers["content-security-policy"]).split("; ");
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(String(headers["content-security-policy"])).not.toMatch(/unsafe|\*/);
    expect(body).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=/);
  },
);

test.each(["/console", "/admin/v1/pools", "/metrics", "/openapi.json"])(
  "what %s answers is never taken for another kind of text",
  async (url) => {
    expect((await get(url)).headers["x-content-type-options"]).toBe("nosniff");
  },
);

test("the console's files are small, unchangeable under their name, and compressed for who can read that", async () => {
  const names = [...(await get("/console")).body.matchAll(/"(\/console\/console-[^"]+)"/g)].map(([, name]) => name!);
  expect(names).toHaveLength(2);
  let bytes = 0;
  for (const name of names) {
    const { headers, rawPayload } = await get(name, { "accept-encoding": "br" });
    expect(headers).toMatchObject({ "content-encoding": "br", "cache-control": expect.stringContaining("immutable") });
    bytes += rawPayload.length;
    expect((await get(name)).rawPayload.length).toBeGreaterThan(rawPayload.length);
    expect((await get(name, { "if-none-match": headers["etag"] })).statusCode).toBe(304);
  }
  expect(bytes).toBeLessThan(100 * 1024);
});

test("a file of a former build is missing, instead of being a page", async () => {
  expect((await get("/console/console-000000000000.js")).statusCode).toBe(404);
  expect((await get("/console/..%2f..%2fpackage.json")).statusCode).toBe(404);
});

test("the console is not on the public address", async () => {
  expect((await world.app.inject({ url: "/console" })).statusCode).toBe(404);
  expect((await world.app.inject({ url: "/" })).statusCode).toBe(404);
});
