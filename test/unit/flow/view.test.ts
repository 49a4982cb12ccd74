import { expect, test } from "@jest/globals";
import { ASKS_AGREEMENT, ASKS_BOTH, ASKS_PHONE, at, REPLY, Walk } from "./walk";

test("before the tap the page says who asks and what is shared", () => {
  expect(at.asking().page).toMatchObject({
    heading: "登录「商城」",
    brand: { name: "示例", logo: "", initial: "示" },
    list: ["登录后将提供", "账号标识", "手机号，用于注册或登录"],
    privacy: "隐私保护指引",
  });
  expect(at.opened(ASKS_AGREEMENT).page.list).toHaveLength(2);
});

test("a person the app has not met sees what it learns even when nothing has to be asked", () => {
  const walk = at.opened({ ...REPLY, user: null });
  expect(walk.buttons[0]).toBe("confirm:launchApp");
  expect(walk.page).toMatchObject({ list: ["登录后将提供", "账号标识"], privacy: "隐私保护指引" });
  expect(at.confirming().page).toMatchObject({ list: [], privacy: "" });
});

test.each(["asking", "confirming", "returned", "stranded"] as const)("the brand of %s is the pool's", (place) => {
  expect(at[place]().page.brand?.name).toBe("示例");
});

test("the brand stays when a login ends badly or is cancelled", () => {
  expect(at.renewing().refused("user.blocked").page.brand?.name).toBe("示例");
  expect(at.issuing().refused("network.timeout").page.brand?.name).toBe("示例");
  expect(at.asking().waited().page.brand?.name).toBe("示例");
  expect(at.asking().departs(400).launchFails("invalid scene").page.brand?.name).toBe("示例");
  expect(at.failed().page.brand?.name).toBe("app2wxapp");
});

test("a pool that does not name the app is named in its place", () => {
  expect(at.opened({ ...ASKS_PHONE, pool: { ...REPLY.pool, caller: null } }).page.heading).toBe("登录「示例」");
});

test("the box is there only where something has to be ticked; the texts are there wherever there are any", () => {
  expect(at.opened(ASKS_BOTH).page).toMatchObject({ agree: "我已阅读并同意", agreements: ["用户协议", "更新说明"] });
  const known = at.opened({ ...REPLY, pool: ASKS_BOTH.pool });
  expect(known.page).toMatchObject({ agree: "", agreements: ["用户协议", "更新说明"] });
});

test("the person sees whose account it is, the number masked", () => {
  expect(at.confirming().page).toMatchObject({
    lead: "请确认是你本人在操作",
    account: { nickname: "小王", photo: "", phone: "138****8000", initial: "小" },
  });
});

test("a page seen from Moments names the way to the applet, not to an app it did not come from", () => {
  expect(new Walk().enter({ apiCategory: "browseOnly", scene: 1154, query: {} }).page.notice).toBe(
    "请先打开完整的小程序",
  );
});

test("an initial outside the basic plane stays whole", () => {
  expect(at.opened({ ...REPLY, pool: { ...REPLY.pool, name: "𠮷野家", logo: "https://a/b.png" } }).page.brand).toEqual({
    name: "𠮷野家",
    logo: "https://a/b.png",
    initial: "𠮷",
  });
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

test("a name cannot break out of the words around it", () => {
  const walk = at.opened({ ...REPLY, pool: { ...REPLY.pool, caller: "$& {}" } });
  expect(walk.page.heading).toBe("登录「$& {}」");
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
] as const)("the page of %s is plain JSON and small enough for one setData", (place) => {
  const { page } = place === "failed" ? at.failed() : at[place]();
  expect(JSON.parse(JSON.stringify(page))).toEqual(page);
  expect(JSON.stringify(page).length).toBeLessThan(4_000);
});
