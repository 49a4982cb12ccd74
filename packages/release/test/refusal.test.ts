import { expect, test } from "@jest/globals";
import { explainRefusal } from "../src/refusal";

const job = { appId: "wx0123456789abcdef", version: "1.4.2" };

function explained(message: string): string {
  return explainRefusal({ kind: "failed", code: 20003, message }, job);
}

test.each([
  [
    'Error: {"errCode":-10008,"errMsg":"invalid ip: 203.0.113.9, reference: https://…"}',
    "address 203.0.113.9 is not on",
  ],
  [
    'Error: {"errCode":80082,"errMsg":"inner upload fail with errcode: -10002, errmsg: invalid ip: 203.0.113.9"}',
    "IP白名单",
  ],
  ['Error: {"errCode":-1,"errMsg":"ip 203.0.113.9 not in whitelist"}', "address 203.0.113.9 is not on"],
  ['Error: {"errCode":-10008,"errMsg":"invalid ip: 2001:db8::9"}', "NODE_OPTIONS=--dns-result-order=ipv4first"],
  [
    'Error: {"errCode":-1,"errMsg":"get new ticket fail: innerCode: -80002"}',
    "the key is not that of wx0123456789abcdef",
  ],
  [
    'Error: {"errCode":-1,"errMsg":"get new ticket fail innerCode: 40013"}',
    "there is no mini program wx0123456789abcdef",
  ],
  ['Error: {"errCode":40001,"errMsg":"invalid signature"}', "the key is not that of"],
  ['Error: {"errCode":-80003,"errMsg":"version already exists"}', "npm version patch --no-git-tag-version"],
  ['Error: {"errCode":-80003,"errMsg":"该版本号已存在"}', "there is a version 1.4.2 already"],
  ["Error: Error: getaddrinfo ENOTFOUND servicewechat.com", "did not answer (ENOTFOUND)"],
  ["Error: Error: tunneling socket could not be established, cause=connect ECONNREFUSED 127.0.0.1:9", "(ECONNREFUSED)"],
  ["Error: tunneling socket could not be established, statusCode=403", "servicewechat.com did not answer. Check"],
  ["ETIMEDOUT: no answer for five minutes", "did not answer (ETIMEDOUT)"],
  ["Error: self-signed certificate in certificate chain", "NODE_EXTRA_CA_CERTS"],
])("the operator who gets %s learns what to do: …%s…", (message, words) => {
  expect(explained(message)).toContain(words);
});

test("a refusal nobody has met yet is passed on in WeChat's own words", () => {
  expect(explained('Error: {"errCode":-7,"errMsg":"the moon is in the wrong house"}')).toBe(
    "not accepted: the moon is in the wrong house (errCode -7)",
  );
});

test("a key inside a message is never repeated", () => {
  const message = "cannot use -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- today";
  expect(explained(message)).toBe("not accepted: cannot use [a key] today");
});
