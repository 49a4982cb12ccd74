import { describe, expect, test } from "@jest/globals";
import { CONFIG } from "../../../miniprogram/config";
import type { AttemptReply } from "../../../miniprogram/protocol/wire";
import { ASKS_AGREEMENT, ASKS_BOTH, ASKS_PHONE, at, ENTRY, REPLY, Walk } from "./walk";

const dressed = (reply: AttemptReply, pool: Partial<AttemptReply["pool"]>) =>
  at.opened({ ...reply, pool: { ...reply.pool, ...pool } });

describe("who asks", () => {
  test("is named with what is shared and why, before the tap", () => {
    expect(at.asking().page).toMatchObject({
      heading: "登录商城",
      lead: "账号服务由「示例」提供",
      logo: "",
      initial: "商",
      cards: [
        {
          label: "将提供给商城",
          rows: [
            { icon: "phone", title: "手机号", text: "" },
            { icon: "person", title: "账号标识", text: "" },
          ],
        },
      ],
      safety: "不会获取头像、昵称和好友",
    });
    expect(at.opened(ASKS_AGREEMENT).page.cards[0]?.rows).toHaveLength(1);
  });

  test("says in its own words why it asks", () => {
    const reasons = { phone: "用于取杯通知", identity: null };
    expect(dressed(ASKS_PHONE, { reasons }).page.cards[0]?.rows).toMatchObject([
      { text: "用于取杯通知" },
      { text: "" },
    ]);
  });

  test("wears the calling app's logo and colour, else the pool's logo and the build's colour", () => {
    const brand = { logo: "https://a/app.png", color: "#1f5c46" };
    const logo = "https://a/pool.png";
    expect(dressed(REPLY, { logo, brand }).page).toMatchObject({ logo: brand.logo, themeColor: "#1f5c46" });
    expect(dressed(REPLY, { logo }).page).toMatchObject({ logo, themeColor: CONFIG.themeColor });
    expect(dressed(REPLY, { logo, brand: { logo: null, color: null } }).page).toMatchObject({
      logo,
      themeColor: CONFIG.themeColor,
    });
  });

  test("is nobody before the reply: no name, no colour, cards without words", () => {
    const { page } = at.opening();
    expect(page).toMatchObject({ heading: "", lead: "", logo: "", initial: "", progress: "请稍候…" });
    expect(page.themeColor).not.toBe(CONFIG.themeColor);
    const empty = { icon: "", title: "", text: "" };
    expect(page.cards[0]?.rows).toEqual([empty, empty]);
    const withoutNumber = new Walk().enter({ query: { ...ENTRY.query, getPhone: "0" } });
    expect(withoutNumber.page.cards[0]?.rows).toHaveLength(1);
  });

  test("stays in sight when a login ends badly, is cancelled or begins again", () => {
    const walks = [
      at.renewing().refused("user.blocked"),
      at.issuing().refused("network.timeout"),
      at.asking().waited(),
      at.asking().waited().tap("retry"),
      at.asking().departs(400).launchFails("invalid scene"),
      at.returned(),
    ];
    for (const walk of walks) expect(walk.page.initial).toBe("商");
  });

  test("is nobody's name where a login failed before the reply", () => {
    expect(at.failed().page).toMatchObject({ initial: "!", heading: "登录未完成", lead: "", isFailure: true });
  });

  test("is the pool where it does not name the app, and then is not named twice", () => {
    expect(dressed(ASKS_PHONE, { caller: null }).page).toMatchObject({ heading: "登录示例", lead: "" });
    expect(dressed(ASKS_PHONE, { caller: "示例" }).page).toMatchObject({ heading: "登录示例", lead: "" });
  });

  test("cannot break out of the words around it", () => {
    expect(dressed(REPLY, { caller: "$& {}" }).page.heading).toBe("登录$& {}");
  });

  test("is the operator in the trial, which no app asked for", () => {
    const walk = at.standalone().tap("try").loggedIn().opened(ASKS_PHONE);
    expect(walk.page).toMatchObject({ heading: "体验登录", lead: "", initial: "a" });
    expect(walk.page.cards[0]?.label).toBe("将提供给 app2wxapp");
  });
});

test("a person the app has not met sees what it learns even when nothing has to be asked", () => {
  const walk = at.opened({ ...REPLY, user: null });
  expect(walk.buttons[0]).toBe("confirm:launchApp");
  expect(walk.page.cards).toMatchObject([{ label: "将提供给商城", rows: [{ title: "账号标识" }] }]);
  expect(walk.page.safety).toBe("不会获取头像、昵称和好友");
});

test("the person sees whose account it is by its number, masked and large", () => {
  const { page } = at.confirming();
  expect(page).toMatchObject({
    cards: [{ label: "", rows: [{ icon: "phone", title: "138 **** 8000", text: "已验证的手机号", isLarge: true }] }],
    safety: "不是你发起的？请取消",
  });
  expect(JSON.stringify(page)).not.toContain("小王");
});

test("an account without a number shows what the app learns", () => {
  const user = { nickname: "微信用户", photo: "", phone: null };
  expect(at.opened({ ...REPLY, user }).page).toMatchObject({
    cards: [{ rows: [{ title: "账号标识" }] }],
    safety: "不是你发起的？请取消",
  });
});

test("while the first ticket is on its way the page is the same, but for the primary button", () => {
  const { actions: _asked, progress: _none, screen: _before, ...before } = at.asking().page;
  expect(at.issuing().page).toMatchObject(before);
});

test("the box is there only where something has to be ticked; the texts are there wherever there are any", () => {
  expect(at.opened(ASKS_BOTH).page).toMatchObject({ agree: "已阅读并同意", agreements: ["用户协议", "更新说明"] });
  const known = at.opened({ ...REPLY, pool: ASKS_BOTH.pool });
  expect(known.page).toMatchObject({ agree: "", agreements: ["用户协议", "更新说明"] });
});

test("what to do is a hint, what failed is a failure", () => {
  expect(at.opened(ASKS_BOTH).tap("proceed").page).toMatchObject({ notice: "请先勾选协议", isFailure: false });
  expect(at.failed().page).toMatchObject({ notice: "网络连接失败。请检查网络后重试", isFailure: true });
});

test("a page seen from Moments names the way to the applet, not to an app it did not come from", () => {
  expect(new Walk().enter({ apiCategory: "browseOnly", scene: 1154, query: {} }).page.notice).toBe(
    "请先打开完整的小程序",
  );
});

test("an initial outside the basic plane stays whole", () => {
  expect(dressed(REPLY, { caller: "𠮷野家" }).page.initial).toBe("𠮷");
});

test("the first code is returned in Chinese whatever the language, as the reference does", () => {
  const walk = new Walk()
    .enter({ query: { userPoolId: "p", lang: "en" } })
    .loggedIn()
    .opened(REPLY);
  expect(walk.button("confirm")).toMatchObject({ label: "Confirm sign-in" });
  expect(walk.button("confirm")?.parameter).toMatch(/^code=200&message=授权成功&ticket=/);
  expect(walk.button("cancel")?.parameter).toBe("code=400&message=用户取消授权");
});

test.each([
  "opening",
  "asking",
  "issuing",
  "confirming",
  "renewing",
  "returned",
  "stranded",
  "failed",
  "standalone",
  "account",
] as const)("the page of %s is plain JSON and small enough for one setData", (place) => {
  const { page } = place === "failed" ? at.failed() : at[place]();
  expect(JSON.parse(JSON.stringify(page))).toEqual(page);
  expect(JSON.stringify(page).length).toBeLessThan(4_000);
});
