import { expect, test } from "@jest/globals";
import * as formats from "../../../miniprogram/protocol/formats";

const c = (count: number, character = "A"): string => character.repeat(count);

test.each([
  ["USER_POOL_ID", ["a", "5e4cdd055df3df65dc58b97d", "A-Z_9", c(64)], ["", c(65), "a b", "a.b", "池", "a\n"]],
  ["STATE", ["s", "A-Za-z0-9._~", c(128)], ["", c(129), "a b", "a=b", "a&b", "%41", "a\n"]],
  ["CODE_CHALLENGE", [c(43), "-_" + c(41, "9")], [c(42), c(44), c(42) + "=", c(42) + "~"]],
  ["CODE_VERIFIER", [c(43), c(128), "-._~" + c(39, "z")], [c(42), c(129), c(42) + "+", c(43) + " "]],
  ["HANDLE", [c(43), "-_" + c(41, "0")], [c(42), c(44), c(42) + ".", " " + c(43)]],
  ["APP_ID", ["wx0123456789abcdef", "touristappid", c(64)], ["", c(65), "wx 1", "wx/1", "wx1\n"]],
  ["COLOR", ["#2b5fd9", "#ABCDEF"], ["", "2b5fd9", "#2b5fd", "#2b5fd9f", "#2b5fdg", "x#2b5fd9", "#2b5fd9\n"]],
  [
    "ORIGIN",
    [
      "https://login.example.com",
      "https://login.example.com:8443",
      "https://login.example.com:4430",
      "https://xn--fiqs8s.xn--fiqz9s",
      "https://api.weixin.qq.com.example",
      "https://login.localhosts",
      "http://127.0.0.1",
      "http://127.0.0.1:4680",
      "http://localhost:80",
    ],
    [
      "https://api.weixin.qq.com",
      "https://api.weixin.qq.com:8443",
      "https://login.example.com:443",
      "https://login.example.com:123456",
      "https://login.example.com:port",
      "https://login.example.com/",
      "https://dev.localhost",
      "https://dev.localhost:4680",
      "https://203.0.113.9",
      "https://login",
      "x https://login.example.com",
      "http://login.example.com",
      "http://localhost:port",
      "http://localhost:123456",
      "http://localhost.example.com",
      "http://127.0.0.1/",
      "x http://127.0.0.1",
    ],
  ],
  ["WECHAT_CODE", ["0a1B", "the code is a mock one", c(128)], ["", c(129), "a\nb", "码", "\u007f"]],
] as const)("%s takes what it is for, whole, and nothing else", (name, good, bad) => {
  expect(good.filter((text) => !formats[name].test(text))).toEqual([]);
  expect(bad.filter((text) => formats[name].test(text))).toEqual([]);
});
