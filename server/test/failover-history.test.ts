import { expect, test } from "@jest/globals";
import { anomaliesOf, type Exchange, type FinalState } from "../soak/history";

const tickets = new Map([
  ["t1", "ada"],
  ["t2", "ada"],
  ["t3", "bob"],
]);
const at = (ticket: string, sentAt: number, outcome: Exchange["outcome"]): Exchange => ({
  ticket,
  sentAt,
  answeredAt: sentAt + 10,
  outcome,
});
const ok = (userId: string, jti: string) => ({ kind: "ok", userId, jti }) as const;
const refused = (error: string) => ({ kind: "refused", error }) as const;
const unknown = { kind: "unknown" } as const;

/** An answer that was lost, a retry that finds it used, a second use by mistake, a ticket nobody used. */
const exchanges = [
  at("t1", 0, ok("a", "j1")),
  at("t1", 20, refused("ticket.used")),
  at("t2", 40, unknown),
  at("t2", 60, refused("ticket.used")),
];
const final: FinalState = {
  redeemed: new Map([
    ["t1", "j1"],
    ["t2", "j2"],
  ]),
  logins: new Map([["a", 2]]),
};

test("a history in which every ticket is redeemed at most once and nothing acknowledged is lost has no anomaly", () => {
  expect(anomaliesOf({ tickets, exchanges }, final)).toEqual([]);
});

test.each<[string, Exchange[], Partial<FinalState>, string]>([
  ["a double redemption", [at("t1", 70, ok("a", "j9"))], {}, "t1: redeemed 2 times"],
  [
    "a double redemption by two servers at once",
    [at("t3", 80, ok("b", "j3")), at("t3", 80, ok("b", "j4"))],
    { redeemed: new Map([...final.redeemed, ["t3", "j4"]]), logins: new Map([...final.logins, ["b", 1]]) },
    "t3: redeemed 2 times",
  ],
  [
    "an exchange that was acknowledged and then lost",
    [at("t3", 80, ok("b", "j3"))],
    { logins: new Map([...final.logins, ["b", 0]]) },
    "t3: an acknowledged exchange is lost",
  ],
  [
    "a ticket that was acknowledged and then lost",
    [at("t3", 80, refused("ticket.invalid"))],
    {},
    "t3: acknowledged, but",
  ],
  ["a ticket that was used by nobody", [at("t3", 80, refused("ticket.used"))], {}, "t3: refused as used before"],
  [
    "a second account of one person",
    [at("t2", 50, ok("c", "j2"))],
    {
      logins: new Map([
        ["a", 2],
        ["c", 1],
      ]),
    },
    "ada: two accounts of one person",
  ],
  ["a login that was counted twice", [], { logins: new Map([["a", 3]]) }, "ada: 2 tickets were redeemed, 3 logins"],
])("%s is found", (_what, planted, other, found) => {
  const anomalies = anomaliesOf({ tickets, exchanges: [...exchanges, ...planted] }, { ...final, ...other });
  expect(anomalies).toEqual(expect.arrayContaining([expect.stringContaining(found)]));
});
