import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import jwt from "jsonwebtoken";
import { createHostBackend } from "../src/backend";

const KEY = "0123456789abcdef0123456789abcdef";
const claims = { data: { unionid: "u", id: "5e57540f84622ae263294a42", clientId: "pool" }, aud: "pool" };

let server: http.Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** An auth server that always answers this. */
async function answering(status: number, body: unknown) {
  const heard: unknown[] = [];
  server = http.createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
    request.on("end", () => {
      heard.push(request.url, JSON.parse(text));
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  const listening = server;
  await new Promise<void>((done) => {
    listening.listen(0, "127.0.0.1", done);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const calls: unknown[] = [];
  const backend = createHostBackend({
    origin,
    userPoolId: "pool",
    poolSecret: "secret",
    tokenKey: KEY,
    appId: "wxhost",
    onCall: ({ method, path, status: got }) => calls.push([method, path, got]),
  });
  return { backend, heard, calls };
}

const user = (token: string) => ({
  _id: claims.data.id,
  nickname: "微信用户",
  photo: "",
  phone: "13800138000",
  loginsCount: 2,
  token,
});

test("the backend sends ticket and pool secret, and shows the person with a masked number", async () => {
  const token = jwt.sign(claims, KEY, { expiresIn: 60 });
  const { backend, heard, calls } = await answering(200, user(token));
  expect(await backend.signIn("ticket")).toEqual({
    user: { id: claims.data.id, nickname: "微信用户", photo: "", phone: "138****8000", loginsCount: 2 },
    claims: expect.objectContaining(claims),
  });
  expect(heard).toEqual(["/oauth/app2wxapp/auth/pool", { ticket: "ticket", secret: "secret", callerAppId: "wxhost" }]);
  expect(calls).toEqual([["POST", "/oauth/app2wxapp/auth/pool", 200]]);
});

test("a refusal reaches the app as its error code", async () => {
  const { backend } = await answering(400, { error: "ticket.used" });
  expect(await backend.signIn("ticket")).toEqual({ error: "ticket.used" });
});

test.each([
  ["signed with another key", jwt.sign(claims, "another key, another key, another", { expiresIn: 60 })],
  ["not signed at all", jwt.sign(claims, "", { algorithm: "none", expiresIn: 60 })],
  ["of another algorithm", jwt.sign(claims, KEY, { algorithm: "HS384", expiresIn: 60 })],
  ["that has expired", jwt.sign({ ...claims, exp: 2000 }, KEY)],
  ["of another pool", jwt.sign({ ...claims, aud: "another" }, KEY, { expiresIn: 60 })],
  ["of another user", jwt.sign({ ...claims, data: { ...claims.data, id: "0".repeat(24) } }, KEY, { expiresIn: 60 })],
  ["of the wrong form", "not.a.token"],
])("a token %s signs nobody in", async (_, token) => {
  const { backend } = await answering(200, user(token));
  expect(await backend.signIn("ticket")).toEqual({ error: "token.invalid" });
});
