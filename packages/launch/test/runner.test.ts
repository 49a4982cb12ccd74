import { expect, test } from "@jest/globals";
import { runLogin, startLogin, type LoginHost, type LoginState } from "../src";

const POOL = "5e4cdd055df3df65dc58b97d";
const TICKET = "t".repeat(43);

/** An app that remembers what was asked of it; `saved` is its storage. */
function app(changes: Partial<LoginHost> = {}) {
  const asked: string[] = [];
  const storage: { saved: string | null } = { saved: null };
  let state: LoginState | undefined;
  const host: LoginHost = {
    save: (text) => {
      storage.saved = text;
      asked.push(text ? "saved" : "deleted");
    },
    open: () => asked.push("opened") > 0,
    exchange: (ticket, verifier) => Promise.resolve(asked.push(`exchanged ${ticket.length} ${verifier?.length}`)),
    show: (shown) => (state = shown),
    ignored: (reason) => asked.push(reason),
    ...changes,
  };
  return { host, asked, storage, shown: () => [state?.phase, state?.notice?.kind] };
}

const settled = () => new Promise((done) => setImmediate(done));
const granted = (state: string) => `code=200&message=ok&ticket=${TICKET}&state=${state}`;

test("a login is kept before WeChat opens, exchanged with its verifier, and forgotten", async () => {
  const { host, asked, storage, shown } = app();
  const send = runLogin(host, storage.saved);
  const login = startLogin({ userPoolId: POOL });
  send({ type: "started", login });
  await settled();
  expect(asked.splice(0)).toEqual(["saved", "opened"]);
  send({ type: "answered", text: granted(login.state) });
  await settled();
  expect(asked).toEqual(["deleted", "exchanged 43 43", "deleted"]);
  expect(shown()).toEqual(["signedIn", undefined]);
});

test("a new process goes on with what the last one kept", async () => {
  const { host, storage, shown } = app();
  const login = startLogin({ userPoolId: POOL });
  runLogin(host, storage.saved)({ type: "started", login });
  await settled();
  const send = runLogin(host, storage.saved);
  expect(shown()).toEqual(["waiting", undefined]);
  send({ type: "answered", text: granted(login.state) });
  await settled();
  expect(shown()).toEqual(["signedIn", undefined]);
});

test.each([
  ["says no", () => false],
  ["rejects", () => Promise.reject(new Error("not installed"))],
  [
    "throws",
    () => {
      throw new Error("plus is undefined");
    },
  ],
])("WeChat that %s is told to the person", async (_how, open) => {
  const { host, shown } = app({ open });
  runLogin(host, null)({ type: "started", login: startLogin({ userPoolId: POOL }) });
  await settled();
  expect(shown()).toEqual(["signedOut", "notOpened"]);
});

test("a backend that refuses is told to the person; storage that fails stops nothing", async () => {
  const failing = { exchange: () => Promise.reject(new Error("401")), save: () => Promise.reject(new Error("full")) };
  const { host, asked, shown } = app(failing);
  const send = runLogin(host, null);
  const login = startLogin({ userPoolId: POOL });
  send({ type: "started", login });
  await settled();
  expect(asked).toEqual(["opened"]);
  send({ type: "answered", text: granted(login.state) });
  await settled();
  expect(shown()).toEqual(["signedOut", "refused"]);
});

test("what changes nothing goes to the log", () => {
  const { host, asked } = app();
  runLogin(host, null)({ type: "answered", text: granted("s") });
  expect(asked).toContain("no-login");
});
