import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import jwt from "jsonwebtoken";
import { createHostBackend } from "../host/backend";
import { verifyToken } from "../host/token";

const KEY = "0123456789abcdef0123456789abcdef";
const claims = { data: { unionid: "u", id: "5e57540f84622ae263294a42", clientId: "pool" }, iat: 1000, exp: 2000 };

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

test("a token of a stock library is read, before it ends, with the right key only", () => {
  const token = jwt.sign(claims, KEY, { algorithm: "HS256" });
  expect(verifyToken(token, KEY, 1_999_000)).toEqual(claims);
  expect(verifyToken(token, KEY, 2_000_000)).toBeUndefined();
  expect(verifyToken(token, `${KEY}x`, 1_999_000)).toBeUndefined();
});

test("a token that names no or another algorithm is refused", () => {
  const unsigned = jwt.sign(claims, "", { algorithm: "none" });
  expect(verifyToken(unsigned, KEY, 1_999_000)).toBeUndefined();
  expect(verifyToken(jwt.sign(claims, KEY, { algorithm: "HS384" }), KEY, 1_999_000)).toBeUndefined();
  expect(verifyToken("not.a.token", KEY, 1_999_000)).toBeUndefined();
  expect(verifyToken("", KEY, 1_999_000)).toBeUndefined();
});

test("the backend sends ticket and pool secret, and shows the person with a masked number", async () => {
  const { data } = claims;
  const token = jwt.sign({ data }, KEY, { expiresIn: 60 });
  const { backend, heard, calls } = await answering(200, user(token));
  expect(await backend.signIn("ticket")).toEqual({
    user: { id: claims.data.id, nickname: "微信用户", photo: "", phone: "138****8000", loginsCount: 2 },
    claims: expect.objectContaining({ data }),
  });
  expect(heard).toEqual(["/oauth/app2wxapp/auth/pool", { ticket: "ticket", secret: "secret", callerAppId: "wxhost" }]);
  expect(calls).toEqual([["POST", "/oauth/app2wxapp/auth/pool", 200]]);
});

test("a refusal reaches the app as its error code, a forged token as one", async () => {
  const refused = await answering(400, { error: "ticket.used" });
  expect(await refused.backend.signIn("ticket")).toEqual({ error: "ticket.used" });
  server?.close();
  const forged = await answering(
    200,
    user(jwt.sign({ data: claims.data }, "another key, another key, another", { expiresIn: 60 })),
  );
  expect(await forged.backend.signIn("ticket")).toEqual({ error: "token.invalid" });
});
