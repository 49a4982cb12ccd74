import { beforeEach, expect, jest, test } from "@jest/globals";
import { attributes, find, fire, openPage, settled, startApp, type Node } from "../support/page";
import { ACCOUNT, ASKS_BOTH, ASKS_PHONE, HANDLE, NEXT_TICKET, REPLY, TERMS, TICKET } from "../unit/flow/walk";

type Answer = { statusCode: number; data: unknown };
const QUERY = { userPoolId: "pool-a", getPhone: "1", fromApp: "1", state: "s-1" };
const TICKET_REPLY = { ticket: TICKET, ticketExpiresIn: 120, user: REPLY.user };

let app: ReturnType<typeof startApp>;
let answers: Answer[];
let requests: { url: string; data: unknown }[];
let opened: jest.Mock;

beforeEach(() => {
  answers = [];
  requests = [];
  opened = jest.fn();
  app = startApp({
    login: ({ success }: { success: (result: object) => void }) => success({ code: "login-code" }),
    request: ({ url, data, success }: { url: string; data: unknown; success: (answer: Answer) => void }) => {
      requests.push({ url, data });
      const answer = answers.shift();
      if (answer) success(answer);
    },
    getAccountInfoSync: () => ({ miniProgram: { appId: "wxapplet" } }),
    getAppBaseInfo: () => ({ language: "zh_CN" }),
    getExtConfigSync: () => ({}),
    getRealtimeLogManager: () => ({ info: () => {} }),
    openPrivacyContract: opened,
  });
});

async function open(...replies: unknown[]): Promise<Node> {
  answers.push(...replies.map((data) => ({ statusCode: 200, data })));
  app.onShow({ scene: 1069, query: QUERY, referrerInfo: { appId: "wxapp1" } });
  const page = openPage(QUERY);
  await settled();
  return page;
}

const has = (page: Node, selector: string) => page.querySelector(selector) !== undefined;
const text = (page: Node, selector: string) => find(page, selector).dom.textContent?.trim();

test("the request is on its way before there is a page, and cancel is there from the first moment", async () => {
  app.onShow({ scene: 1069, query: QUERY, referrerInfo: { appId: "wxapp1" } });
  await settled();
  expect(requests).toEqual([
    {
      url: "http://127.0.0.1:4680/oauth/app2wxapp/attempts/pool-a",
      data: { code: "login-code", appId: "wxapplet", getPhone: true, callerAppId: "wxapp1" },
    },
  ]);
  const page = openPage(QUERY);
  expect(text(page, "#progress")).toBe("请稍候…");
  expect(attributes(find(page, "#cancel"))).toMatchObject({
    openType: "launchApp",
    appParameter: "code=400&message=用户取消授权&state=s-1",
  });
});

test("with nothing to ask, the confirm button holds the ticket before the tap", async () => {
  const page = await open(REPLY);
  expect(attributes(find(page, "#confirm"))).toMatchObject({
    openType: "launchApp",
    appParameter: `code=200&message=授权成功&ticket=${TICKET}&state=s-1`,
  });
  expect(requests).toHaveLength(1);
});

test("a launched app is noticed, and the page offers to go back again", async () => {
  const page = await open(REPLY, { ...TICKET_REPLY, ticket: NEXT_TICKET });
  await fire(find(page, "#confirm"), "launchapp");
  expect(has(page, "#confirm")).toBe(true);
  app.onHide();
  await settled();
  expect(text(page, "#heading")).toBe("登录已确认");
  await fire(find(page, "#retry"), "tap");
  await settled();
  expect(attributes(find(page, "#confirm"))["appParameter"]).toContain(NEXT_TICKET);
});

test("a launch that WeChat refuses leads to the way back by hand, and from there back", async () => {
  const page = await open(REPLY);
  await fire(find(page, "#confirm"), "error", { errMsg: "launchApp:fail invalid scene" });
  expect(text(page, "#heading")).toBe("没能返回商城");
  await fire(find(page, "#retry"), "tap");
  expect(has(page, "#confirm")).toBe(true);
});

test("the phone prompt becomes a ticket, and its button is gone", async () => {
  const page = await open(ASKS_PHONE, TICKET_REPLY);
  const prompt = find(page, "#allow-phone");
  expect(attributes(prompt)).toMatchObject({ openType: "getPhoneNumber", phoneNumberNoQuotaToast: false });
  await fire(prompt, "tap");
  await fire(prompt, "getphonenumber", { errMsg: "getPhoneNumber:ok", code: "phone-code" });
  expect(has(page, "#allow-phone")).toBe(false);
  await settled();
  expect(requests[1]?.data).toEqual({ attempt: HANDLE, phoneCode: "phone-code" });
  expect(has(page, "#confirm")).toBe(true);
});

test("a refused prompt is said on the page; a plain button waits where it was", async () => {
  const page = await open(ASKS_PHONE);
  await fire(find(page, "#allow-phone"), "getphonenumber", { errMsg: "getPhoneNumber:fail user deny" });
  expect(text(page, "#notice")).toBe("需要手机号才能登录，可再次选择");
  expect(attributes(find(page, "#proceed"))["openType"]).toBe("");
  expect(text(page, "#proceed")).toBe("10 秒后可重试");
});

test("the box gates the prompt by what exists, not by what is disabled", async () => {
  const page = await open(ASKS_BOTH);
  expect(attributes(find(page, "#agree"))).toMatchObject({
    ariaRole: "checkbox",
    ariaChecked: false,
    ariaLabel: "已阅读并同意用户协议,更新说明",
  });
  expect(has(page, "#allow-phone")).toBe(false);
  await fire(find(page, "#proceed"), "tap");
  expect(text(page, "#notice")).toBe("请先勾选协议");
  await fire(find(page, "#agree"), "tap");
  expect(attributes(find(page, "#agree"))["ariaChecked"]).toBe(true);
  expect(has(page, "#allow-phone")).toBe(true);
});

test("an agreement is read inside the applet and closed again", async () => {
  const page = await open(ASKS_BOTH);
  await fire(find(page, "#agreement-0"), "tap");
  expect(page.dom.textContent).toContain(TERMS.text);
  await fire(find(page, "#close"), "tap");
  expect(has(page, "#agreement-1")).toBe(true);
});

test("in the background no button can launch, and back in front it can", async () => {
  const page = await open(REPLY);
  app.onHide();
  await settled();
  expect(has(page, "#confirm")).toBe(false);
  app.onShow({ scene: 1089, query: {} });
  await settled();
  expect(has(page, "#confirm")).toBe(true);
});

test("a launch told again is a mere return once the same page is in front, and the page itself hears of leaving", async () => {
  const page = await open(REPLY);
  page.instance["onHide"]?.();
  await settled();
  expect(has(page, "#confirm")).toBe(false);
  app.onShow({ scene: 1069, query: QUERY, referrerInfo: { appId: "wxapp1" } });
  await settled();
  expect(has(page, "#cancel")).toBe(false);
  page.instance["onShow"]?.();
  await settled();
  expect(has(page, "#confirm")).toBe(true);
  expect(requests).toHaveLength(1);
});

test("a page made anew is a launch", async () => {
  const page = await open(REPLY);
  app.onShow({ scene: 1069, query: QUERY, referrerInfo: { appId: "wxapp1" } });
  page.instance["onUnload"]?.();
  answers.push({ statusCode: 200, data: ASKS_PHONE });
  page.instance["onLoad"]?.(QUERY); // the simulator makes no second page of one script
  await settled();
  expect(requests).toHaveLength(2);
  expect(has(page, "#allow-phone")).toBe(true);
});

test("a failure stays on the page with a retry and a way back", async () => {
  answers.push({ statusCode: 503, data: { error: "server.unavailable" } });
  const page = await open(REPLY);
  expect(text(page, "#notice")).toBe("登录服务出了点问题。请稍后重试");
  expect(attributes(find(page, "#return"))["appParameter"]).toBe("code=500&message=登录服务出了点问题&state=s-1");
  await fire(find(page, "#retry"), "tap");
  await settled();
  expect(has(page, "#confirm")).toBe(true);
});

test("opened without an app, the page is a home with customer service and the privacy notice", async () => {
  app.onShow({ scene: 1001, query: {} });
  const page = openPage({});
  expect(attributes(find(page, "#contact"))["openType"]).toBe("contact");
  expect(has(page, "#try")).toBe(true);
  await fire(find(page, "#privacy"), "tap");
  expect(opened).toHaveBeenCalledTimes(1);
});

test("one's own account: each row has its button, and what it does is asked about before it is sent", async () => {
  app.onShow({ scene: 1001, query: {} });
  const page = openPage({});
  answers.push({ statusCode: 200, data: ACCOUNT }, { statusCode: 200, data: { ...ACCOUNT, cards: [], offers: [] } });
  await fire(find(page, "#account"), "tap");
  await settled();
  expect(has(page, "#try")).toBe(false);
  expect(attributes(find(page, "#change-1"))["ariaLabel"]).toBe("注销账号账号");
  await fire(find(page, "#change-1"), "tap");
  expect([text(page, "#heading"), text(page, "#notice")]).toEqual(["注销「示例」的账号？", "7 天内再次登录即可取消"]);
  expect(requests).toHaveLength(1);
  await fire(find(page, "#apply"), "tap");
  await settled();
  expect(requests.map(({ url, data }) => [url.split("/oauth/app2wxapp/")[1], data])).toEqual([
    ["account/sessions", { appId: "wxapplet", code: "login-code", utcOffset: expect.any(Number) }],
    [
      "account/changes",
      {
        account: ACCOUNT.account,
        code: "login-code",
        userPoolId: "pool-a",
        change: "delete",
        utcOffset: expect.any(Number),
      },
    ],
  ]);
  expect([text(page, "#heading"), has(page, "#change-0")]).toEqual(["我的账号", false]);
});

test("an unknown path is replaced by the page, with its query", () => {
  const redirectTo = jest.fn();
  Object.assign(wx, { redirectTo });
  app.onPageNotFound({ path: "routers/explore", query: { userPoolId: "pool-a", state: "s%31" } });
  const url = "/routes/explore?userPoolId=pool-a&state=s%31";
  expect(redirectTo).toHaveBeenCalledWith(expect.objectContaining({ url }));
});
