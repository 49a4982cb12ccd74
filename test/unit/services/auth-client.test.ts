import { expect, jest, test } from "@jest/globals";
import { CallError } from "../../../miniprogram/platform/call-error";
import type { HttpAnswer } from "../../../miniprogram/platform/request";
import { createAuthClient } from "../../../miniprogram/services/auth-client";
import { ACCOUNT, HANDLE, REPLY, TICKET } from "../flow/walk";

type Post = (url: string, body: object, language: string) => Promise<HttpAnswer>;
const OPEN = {
  type: "openAttempt",
  userPoolId: "pool-a",
  language: "en",
  request: { code: "c", appId: "a", getPhone: false },
} as const;
const ISSUE = { type: "issueTicket", userPoolId: "pool-a", language: "en", request: { attempt: HANDLE } } as const;

function answering(statusCode: number, data: unknown) {
  const post = jest.fn<Post>().mockResolvedValue({ statusCode, data: data as HttpAnswer["data"] });
  return { post, client: createAuthClient(() => "https://login.example", post) };
}

test("an attempt is opened at the pool's address with the request as it is", async () => {
  const { client, post } = answering(200, REPLY);
  await expect(client.openAttempt(OPEN)).resolves.toBe(REPLY);
  expect(post).toHaveBeenCalledWith("https://login.example/oauth/app2wxapp/attempts/pool-a", OPEN.request, "en");
});

test("a ticket is asked for at the pool's address", async () => {
  const reply = { ticket: TICKET, ticketExpiresIn: 120, user: null };
  const { client, post } = answering(200, reply);
  await expect(client.issueTicket(ISSUE)).resolves.toBe(reply);
  expect(post).toHaveBeenCalledWith("https://login.example/oauth/app2wxapp/tickets/pool-a", ISSUE.request, "en");
});

test.each([
  ["sessions", { appId: "a", code: "c" }],
  ["changes", { account: HANDLE, code: "c", userPoolId: "pool-a", change: "delete" }],
] as const)("accounts are asked for at an address of their own (%s), with the person's zone", async (what, request) => {
  const { client, post } = answering(200, ACCOUNT);
  await expect(client.askAccount({ type: "askAccount", what, language: "en", request })).resolves.toBe(ACCOUNT);
  const utcOffset = -new Date().getTimezoneOffset();
  const sent = { ...request, utcOffset };
  expect(post).toHaveBeenCalledWith(`https://login.example/oauth/app2wxapp/account/${what}`, sent, "en");
});

test.each([
  ["a refusal of the contract", 404, { error: "pool.unknown" }, "pool.unknown"],
  ["a refusal that is not for applets", 400, { error: "ticket.used" }, "reply.malformed"],
  ["a refusal nobody knows", 400, { error: "toString" }, "reply.malformed"],
  ["a refusal with a status of success", 200, { error: "pool.unknown" }, "reply.malformed"],
  ["a captive portal", 200, "<html>", "reply.malformed"],
  ["an empty answer", 200, "", "reply.malformed"],
  ["a half answer", 200, { ...REPLY, pool: null }, "reply.malformed"],
  ["a proxy that is busy", 429, "slow down", "rate.limited"],
  ["a proxy without a server", 502, "<html>", "server.unavailable"],
  ["a server that broke", 500, null, "server.unavailable"],
  ["a redirect", 302, "", "reply.malformed"],
])("%s is told by its code", async (_what, status, body, problem) => {
  const { client } = answering(status, body);
  await expect(client.openAttempt(OPEN)).rejects.toMatchObject({ message: problem });
});

test.each([
  [{ "Retry-After": "7" }, 7],
  [{ "retry-after": "7" }, 7],
  [{ "Retry-After": "0" }, undefined],
  [{ "Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT" }, undefined],
  [{}, undefined],
  [undefined, undefined],
])("of the headers %j a refusal keeps how long to wait: %s s", async (header, retryAfter) => {
  const answer = { statusCode: 429, data: { error: "rate.limited" }, ...(header && { header }) };
  const client = createAuthClient(() => "https://login.example", jest.fn<Post>().mockResolvedValue(answer));
  await expect(client.openAttempt(OPEN)).rejects.toMatchObject({ message: "rate.limited", retryAfter });
});

test("a request that found no way keeps the platform's reason", async () => {
  const post = jest.fn<Post>().mockRejectedValue(new CallError("network.failed"));
  const client = createAuthClient(() => "https://login.example", post);
  await expect(client.issueTicket(ISSUE)).rejects.toMatchObject({ message: "network.failed" });
});
