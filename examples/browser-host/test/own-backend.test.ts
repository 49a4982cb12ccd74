import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { createOwnBackend } from "../src/own-backend";

let server: http.Server;
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

/** A developer's backend, and how the app reaches it. */
async function developing(answer: (response: http.ServerResponse, sent: string) => void, patienceMs = 5000) {
  server = http.createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
    request.on("end", () => answer(response, text));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/login?from=app`;
  const calls: object[] = [];
  return { backend: createOwnBackend({ url, patienceMs, onCall: (call) => calls.push(call) }), calls, url };
}

test("it gets ticket and verifier as the app sends them, and its answer is shown as it came", async () => {
  const sent: unknown[] = [];
  const { backend, calls } = await developing((response, text) => {
    sent.push(JSON.parse(text));
    response.writeHead(201).end("hello");
  });
  expect(await backend.signIn("t", "v")).toEqual({ answer: { status: 201, body: "hello" } });
  expect(await backend.signIn("t")).toEqual({ answer: { status: 201, body: "hello" } });
  expect(sent).toEqual([{ ticket: "t", codeVerifier: "v" }, { ticket: "t" }]);
  const call = { method: "POST", path: "/login", status: 201, milliseconds: expect.any(Number) };
  expect(calls).toEqual([call, call]);
});

test("a redirect does not take the ticket elsewhere", async () => {
  const { backend } = await developing((response) => response.writeHead(307, { location: "/elsewhere" }).end());
  expect(await backend.signIn("t")).toEqual({ answer: { status: 307, body: "" } });
});

test("a backend that says nothing is given up", async () => {
  const { backend, url, calls } = await developing(() => undefined, 20);
  expect(await backend.signIn("t")).toEqual({ error: `TimeoutError: ${url}` });
  expect(calls).toEqual([]);
});
