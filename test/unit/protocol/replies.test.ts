import { expect, test } from "@jest/globals";
import { isAccountReply, isAttemptReply, isErrorReply, isTicketReply } from "../../../miniprogram/protocol/replies";
import { ACCOUNT, ASKS_BOTH, ASKS_PHONE, REPLY, TICKET } from "../flow/walk";

test("whole replies are taken", () => {
  for (const reply of [REPLY, ASKS_PHONE, ASKS_BOTH]) expect(isAttemptReply(reply)).toBe(true);
  expect(isAttemptReply({ ...REPLY, pool: { ...REPLY.pool, logo: "https://a/b", caller: null }, more: 1 })).toBe(true);
  expect(isAttemptReply({ ...REPLY, pool: { name: "示例", agreements: [] }, user: undefined })).toBe(true);
  for (const brand of [
    { logo: null, color: null },
    { logo: "https://a/b", color: "#0A5c36" },
  ]) {
    expect(isAttemptReply({ ...REPLY, pool: { ...REPLY.pool, brand, reasons: { phone: "p", identity: null } } })).toBe(
      true,
    );
  }
  expect(isTicketReply({ ticket: TICKET, ticketExpiresIn: 30, user: null })).toBe(true);
  expect(isErrorReply({ code: 404, message: "", data: null, error: "pool.unknown", requestId: "r" })).toBe(true);
});

test.each([
  ["no object", "<html>"],
  ["nothing", null],
  ["a list", []],
  ["a short attempt", { ...REPLY, attempt: "x" }],
  ["no life", { ...REPLY, expiresIn: 0 }],
  ["an endless life", { ...REPLY, expiresIn: Infinity }],
  ["a life in words", { ...REPLY, expiresIn: "600" }],
  ["no pool", { ...REPLY, pool: undefined }],
  ["a pool without a name", { ...REPLY, pool: { ...REPLY.pool, name: undefined } }],
  ["a logo that is no text", { ...REPLY, pool: { ...REPLY.pool, logo: 1 } }],
  ["a caller that is no text", { ...REPLY, pool: { ...REPLY.pool, caller: {} } }],
  ["agreements that are no list", { ...REPLY, pool: { ...REPLY.pool, agreements: {} } }],
  ["a colour that is more than one", { ...REPLY, pool: { ...REPLY.pool, brand: { logo: null, color: "#000000;x" } } }],
  [
    "an agreement without a text",
    { ...REPLY, pool: { ...REPLY.pool, agreements: [{ title: "t", version: "1", required: true }] } },
  ],
  [
    "an agreement that is not sure",
    { ...REPLY, pool: { ...REPLY.pool, agreements: [{ title: "t", text: "", version: "1", required: 1 }] } },
  ],
  ["a phone that is a number", { ...REPLY, user: { nickname: "", photo: "", phone: 138 } }],
  ["an unknown need", { ...REPLY, needs: ["passport"] }],
  ["a need that is no list", { ...REPLY, needs: "phone" }],
  ["no word on an optional phone", { ...REPLY, phoneOptional: undefined }],
  ["a ticket that breaks the return string", { ...REPLY, ticket: `${"T".repeat(42)}&` }],
])("a reply with %s is not taken", (_what, reply) => {
  expect(isAttemptReply(reply)).toBe(false);
});

test.each([
  ["nothing", undefined],
  ["no ticket", { ticketExpiresIn: 30, user: null }],
  ["a negative life", { ticket: TICKET, ticketExpiresIn: -1, user: null }],
])("a ticket reply with %s is not taken", (_what, reply) => {
  expect(isTicketReply(reply)).toBe(false);
});

test.each([[null], ["text"], [{}], [{ error: 1 }]])("%j is no refusal in the contract's form", (body) => {
  expect(isErrorReply(body)).toBe(false);
});

test("an account is taken when everything the page shows is there", () => {
  expect(isAccountReply({ ...ACCOUNT, expiresIn: 600, accounts: [], more: 1 })).toBe(true);
  const [card] = ACCOUNT.cards;
  for (const broken of [
    { ...ACCOUNT, account: "x" },
    { ...ACCOUNT, cards: undefined },
    { ...ACCOUNT, cards: [{ ...card, label: 1 }] },
    { ...ACCOUNT, cards: [{ ...card, rows: [{ title: "t" }] }] },
    { ...ACCOUNT, offers: [{ question: "q", label: "l" }] },
    { ...ACCOUNT, offers: null },
    "<html>",
  ])
    expect(isAccountReply(broken)).toBe(false);
});
