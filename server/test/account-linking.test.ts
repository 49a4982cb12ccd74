import { expect, test } from "@jest/globals";
import { linkAccount, type LinkingFacts } from "../src/accounts/account-linking";

const nobody: LinkingFacts = {
  unionid: "U",
  byUnionid: undefined,
  byOpenid: undefined,
  unlinkedByPhone: [],
  loginOnly: false,
};
const a = { id: "a" };
const b = { id: "b" };

test.each<[string, Partial<LinkingFacts>, ReturnType<typeof linkAccount>]>([
  ["nobody is known: a new account", {}, { kind: "new" }],
  ["nobody is known in a login-only pool: closed", { loginOnly: true }, { kind: "closed" }],
  [
    "the unionid is known, the openid is not: it joins",
    { byUnionid: a },
    { kind: "existing", userId: "a", identity: "new", unionid: "same" },
  ],
  [
    "both lead to one account: nothing changes",
    { byUnionid: a, byOpenid: { ...a, unionid: "U" } },
    { kind: "existing", userId: "a", identity: "same", unionid: "same" },
  ],
  [
    "they lead to two: the unionid wins and the openid moves",
    { byUnionid: a, byOpenid: { ...b, unionid: null } },
    { kind: "existing", userId: "a", identity: "moved", unionid: "same" },
  ],
  [
    "the openid's account has no unionid yet: it learns it",
    { byOpenid: { ...b, unionid: null } },
    { kind: "existing", userId: "b", identity: "same", unionid: "learned" },
  ],
  [
    "the openid's account has another unionid: it changes",
    { byOpenid: { ...b, unionid: "V" } },
    { kind: "existing", userId: "b", identity: "same", unionid: "changed" },
  ],
  [
    "WeChat tells no unionid: the account keeps the one it has",
    { unionid: null, byOpenid: { ...b, unionid: "V" } },
    { kind: "existing", userId: "b", identity: "same", unionid: "same" },
  ],
  ["an imported account has the phone", { unlinkedByPhone: [a] }, { kind: "imported", userId: "a" }],
  ["also in a login-only pool", { unlinkedByPhone: [a], loginOnly: true }, { kind: "imported", userId: "a" }],
  ["two imported accounts share the phone: neither", { unlinkedByPhone: [a, b] }, { kind: "new" }],
  ["neither, and closed", { unlinkedByPhone: [a, b], loginOnly: true }, { kind: "closed" }],
  [
    "an openid goes before an imported account",
    { byOpenid: { ...b, unionid: "U" }, unlinkedByPhone: [a] },
    { kind: "existing", userId: "b", identity: "same", unionid: "same" },
  ],
])("%s", (_title, facts, linking) => {
  expect(linkAccount({ ...nobody, ...facts })).toEqual(linking);
});
