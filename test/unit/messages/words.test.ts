import { expect, test } from "@jest/globals";
import { languageOf, say, WORDS, type Key } from "../../../miniprogram/messages/words";
import { LANGUAGES } from "../../../miniprogram/protocol/launch";

const keys = Object.keys(WORDS) as Key[];

test.each(keys)("%s has words in every language, with the same place for a name", (key) => {
  const texts = LANGUAGES.map((language) => say(language, key, "NAME"));
  for (const text of texts) expect(text.trim()).not.toBe("");
  expect(new Set(texts.map((text) => text.includes("NAME"))).size).toBe(1);
  expect(new Set(texts.map((text) => text.includes("{}")))).toEqual(new Set([false]));
});

test.each(keys.filter((key) => /^\d+$/.test(key)))("message %s fits the return string as it is", (key) => {
  for (const language of LANGUAGES) expect(say(language, key)).not.toMatch(/[&=%\n]/);
});

test("success and refusal are the reference's own words in every language", () => {
  for (const language of LANGUAGES) {
    expect(say(language, "200")).toBe("授权成功");
    expect(say(language, "400")).toBe("用户取消授权");
  }
});

test("nothing speaks of WeChat: a page before the phone prompt must not pass for its own", () => {
  expect(JSON.stringify(WORDS)).not.toMatch(/微信|wechat|weixin/i);
});

test("simplified characters stay out of the traditional column", () => {
  const simplified = /[录认号机确请联络权绑语应关闭务网后读协议术数头标识统称级账隐护销为开个过频户时这说么载别单达]/;
  const traditional = keys.filter((key) => key !== "200" && key !== "400").map((key) => say("zh-TW", key));
  expect(simplified.test(say("zh-CN", "agree"))).toBe(true);
  expect(traditional.filter((text) => simplified.test(text))).toEqual([]);
});

test.each([
  ["zh_CN", "zh-CN"],
  ["zh", "zh-CN"],
  ["zh_TW", "zh-TW"],
  ["zh_HK", "zh-TW"],
  ["en", "en"],
  ["ja", "en"],
])("WeChat's %s is spoken to in %s", (platform, language) => {
  expect(languageOf(platform)).toBe(language);
});
