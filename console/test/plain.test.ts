import { describe, expect, test } from "@jest/globals";
import { csvOf } from "../src/audit/csv";
import { contrastWithWhite } from "../src/color";
import { formatRate } from "../src/format";
import { readRows } from "../src/people/import-rows";
import { guessKind } from "../src/people/search";
import { localText, textIn } from "../src/texts";

describe("a list of people to import", () => {
  test.each([
    ["13800138000", "+86 is added to a Chinese number", { phone: "+8613800138000" }],
    ["+85261234567,陈美玲", "a foreign number needs its country", { phone: "+85261234567", nickname: "陈美玲" }],
    ["0044 20 7946 0000", "00 is +", { phone: "+442079460000" }],
    [
      '13800138000,"Weber, Anna"',
      "a quoted comma separates nothing",
      { phone: "+8613800138000", nickname: "Weber, Anna" },
    ],
    [
      "13800138000\t小林\thttps://a.example/b.png",
      "a sheet separates by tabs",
      { phone: "+8613800138000", nickname: "小林", photo: "https://a.example/b.png" },
    ],
    ["13800138000，小林", "a Chinese comma separates too", { phone: "+8613800138000", nickname: "小林" }],
  ])("reads %j: %s", (line, _, row) => {
    expect(readRows(line)).toEqual([{ line: 1, row }]);
  });

  test("leaves a heading and empty lines out, and names what is wrong by its line", () => {
    const text = `phone,name\r\n\r\n13800138000\r\nabc\r\n13900139000,${"长".repeat(65)}\r\n13700137000,a,javascript:1\r\n+8613800138000`;
    expect(readRows(text).map(({ line, problem }) => [line, problem])).toEqual([
      [3, undefined],
      [4, "phone"],
      [5, "nickname"],
      [6, "photo"],
      [7, "twice"],
    ]);
  });
});

test.each([
  ["5e4cdd055df3df65dc58b97d", "id"],
  ["138 0013 8000", "phone"],
  ["+852 6123 4567", "phone"],
  ["oDemo5xJkq0pEX4mPlE0sT7bYw3c", "openid"],
])("%s is most likely searched as %s", (text, kind) => {
  expect(guessKind(text)).toBe(kind);
});

test("a sheet gets text where a cell would be a formula, and quotes where a cell holds its separators", () => {
  const entry = { id: "1", at: 0, poolId: null, actor: "=1+1", event: "a", subject: 'a,"b', details: {} };
  expect(csvOf([entry])).toBe(
    `at,actor,event,pool,subject,details,id\r\n1970-01-01T00:00:00.000Z,'=1+1,a,,"a,""b",{},1\r\n`,
  );
});

test("a rate that is not quite everything never reads as everything", () => {
  expect([formatRate(99_999, 100_000, "en"), formatRate(3, 3, "en"), formatRate(0, 0, "en")]).toEqual([
    "99.9%",
    "100%",
    "—",
  ]);
});

test("the contrast of white is that of WCAG", () => {
  expect([contrastWithWhite("#000000"), contrastWithWhite("#ffffff")]).toEqual([21, 1]);
  expect(contrastWithWhite("#767676")).toBeCloseTo(4.54, 2);
});

test("a text is one for everybody until it has another language, and then falls back to Chinese", () => {
  expect(localText("云杉", { "zh-TW": "", en: "" })).toBe("云杉");
  const text = localText("云杉", { "zh-TW": "", en: "Spruce" });
  expect(text).toEqual({ "zh-CN": "云杉", en: "Spruce" });
  expect([textIn(text, "en"), textIn(text, "zh-TW"), textIn("云杉", "en"), textIn(null, "en")]).toEqual([
    "Spruce",
    "云杉",
    "云杉",
    "",
  ]);
});
