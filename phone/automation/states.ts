import type { Device } from "../src/device";
import type { TestWorld } from "./test-world";
import type { TestPhone } from "./test-phone";

/** A screen a person can reach, and how. */
export interface ReachableState {
  name: string;
  /** What the phone is like besides. */
  device?: Partial<Device>;
  /** Settings of the pool. */
  pool?: Record<string, unknown>;
  /** From a phone as new to the screen. */
  reach(phone: TestPhone, userPoolId: string, world: TestWorld): Promise<void>;
}

const AGREEMENT = {
  title: { "zh-CN": "云杉会员服务协议", "zh-TW": "雲杉會員服務條款", en: "Spruce Club terms" },
  text: {
    "zh-CN":
      "欢迎加入云杉会员。\n\n一、你的手机号只用来找回会员和联系取杯，不会交给别人。\n\n二、你可以随时在 App 的「我的」里注销会员，注销后十五天内删除全部资料。\n\n三、积分在每年年底清零，清零前我们会提醒你两次。",
    "zh-TW":
      "歡迎加入雲杉會員。\n\n一、你的手機號碼只用來找回會員資格和聯絡取杯，不會交給別人。\n\n二、你可以隨時在 App 的「我的」裡註銷會員，註銷後十五天內刪除全部資料。\n\n三、點數在每年年底歸零，歸零前我們會提醒你兩次。",
    en: "Welcome to Spruce Club.\n\n1. We use your phone number to find your membership and to call you when your cup is ready, and give it to nobody.\n\n2. You can close your membership in the app at any time, under Me. Within fifteen days everything is deleted.\n\n3. Points expire at the end of each year. We remind you twice before.",
  },
  version: "2026-05",
  required: true,
};

/** Long enough that the screen stays, short enough that nothing waits for it in the end. */
const NEVER_IN_THIS_TEST = 60_000;

/** A first login is behind this person. */
async function signInOnce(phone: TestPhone, userPoolId: string, world: TestWorld): Promise<void> {
  const { questions } = await phone.page.evaluate(() => window.phone!.device());
  await phone.do("set", { questions: "allow" });
  await phone.launch(userPoolId);
  await phone.tap("allow-phone");
  await phone.tap("confirm");
  await world.exchange(userPoolId, await phone.returned());
  await phone.do("end");
  await phone.do("set", { questions });
}

const failing = (name: string, rest: Omit<ReachableState, "name">): ReachableState => ({
  name: `failed ${name}`,
  ...rest,
});

/** Every screen, one way to each. */
export const STATES: readonly ReachableState[] = [
  {
    name: "opening",
    device: { requestLatency: NEVER_IN_THIS_TEST },
    async reach(phone, pool) {
      await phone.launch(pool);
      await phone.sees("progress");
    },
  },
  {
    name: "asking for the number",
    async reach(phone, pool) {
      await phone.launch(pool);
      await phone.sees("allow-phone");
    },
  },
  {
    name: "asking for the number, optional",
    pool: { phoneOptional: true },
    async reach(phone, pool) {
      await phone.launch(pool);
      await phone.sees("skip-phone");
    },
  },
  {
    name: "asking, the number refused",
    device: { questions: "refuse" },
    async reach(phone, pool) {
      await phone.launch(pool);
      await phone.tap("allow-phone");
      await phone.sees("notice");
    },
  },
  {
    name: "asking, the number refused, optional",
    device: { questions: "refuse" },
    pool: { phoneOptional: true },
    async reach(phone, pool) {
      await phone.launch(pool);
      await phone.tap("allow-phone");
      await phone.sees("proceed");
    },
  },
  {
    name: "asking for agreement, unticked",
    pool: { agreements: [AGREEMENT] },
    async reach(phone, pool) {
      await phone.launch(pool, { getPhone: false });
      await phone.tap("proceed");
      await phone.sees("notice");
    },
  },
  {
    name: "asking for agreement, ticked",
    pool: { agreements: [AGREEMENT] },
    async reach(phone, pool) {
      await phone.launch(pool);
      await phone.tap("agree");
      await phone.sees("allow-phone");
    },
  },
  {
    name: "reading an agreement",
    pool: { agreements: [AGREEMENT] },
    async reach(phone, pool) {
      await phone.launch(pool);
      await phone.tap("agreement-0");
      await phone.sees("close");
    },
  },
  {
    name: "issuing",
    device: { questions: "allow" },
    async reach(phone, pool) {
      await phone.launch(pool);
      await phone.sees("allow-phone");
      await phone.do("set", { requestLatency: NEVER_IN_THIS_TEST });
      await phone.tap("allow-phone");
      await phone.sees("progress");
    },
  },
  {
    name: "confirming, a newcomer",
    device: { questions: "allow" },
    async reach(phone, pool) {
      await phone.launch(pool);
      await phone.tap("allow-phone");
      await phone.sees("confirm");
    },
  },
  {
    name: "confirming, an account",
    async reach(phone, pool, world) {
      await signInOnce(phone, pool, world);
      await phone.launch(pool);
      await phone.sees("confirm");
    },
  },
  {
    name: "renewing",
    async reach(phone, pool) {
      await phone.launch(pool, { getPhone: false });
      await phone.sees("confirm");
      await phone.do("set", { requestLatency: NEVER_IN_THIS_TEST });
      await phone.do("hide");
      await phone.do("passTime", 119_000);
      await phone.do("open", { scene: 1089 });
      await phone.sees("proceed");
    },
  },
  {
    name: "returned",
    async reach(phone, pool) {
      await phone.launch(pool, { getPhone: false });
      await phone.tap("confirm");
      await phone.returned();
      await phone.do("open", { scene: 1089 });
      await phone.sees("retry");
    },
  },
  {
    name: "returned, cancelled",
    async reach(phone, pool) {
      await phone.launch(pool, { getPhone: false });
      await phone.tap("cancel");
      await phone.returned();
      await phone.do("open", { scene: 1089 });
      await phone.sees("return");
    },
  },
  {
    name: "stranded, the wrong way in",
    device: { launchApp: "invalidScene" },
    async reach(phone, pool) {
      await phone.launch(pool, { getPhone: false });
      await phone.tap("confirm");
      await phone.sees("retry");
    },
  },
  {
    name: "stranded, the app would not open",
    device: { launchApp: "launchSdkFail" },
    async reach(phone, pool) {
      await phone.launch(pool, { getPhone: false });
      await phone.tap("confirm");
      await phone.sees("retry");
    },
  },
  {
    name: "standalone",
    async reach(phone) {
      await phone.do("open", { path: "routes/explore", scene: 1001 });
      await phone.sees("try");
    },
  },
  {
    name: "my account",
    // Each state asks for a number at most as often as one person may give it.
    device: { person: "zhou" },
    async reach(phone, pool, world) {
      await signInOnce(phone, pool, world);
      await phone.do("open", { path: "routes/explore", scene: 1001 });
      await phone.tap("account");
      await phone.sees("change-0");
    },
  },
  {
    name: "my account, about to be deleted",
    device: { person: "chan" },
    async reach(phone, pool, world) {
      await signInOnce(phone, pool, world);
      await phone.do("open", { path: "routes/explore", scene: 1001 });
      await phone.tap("account");
      // The account that was made last comes first, and on its card what ends it comes last.
      await phone.applet.locator(".card").first().locator("wx-button").last().click();
      await phone.sees("apply");
    },
  },
  failing("401", {
    async reach(phone, pool) {
      await phone.launch(pool, { caller: "wxsomebodyelse" });
      await phone.sees("return");
    },
  }),
  failing("403", {
    device: { person: "zhao" },
    async reach(phone, pool) {
      await phone.launch(pool);
      await phone.sees("return");
    },
  }),
  failing("404", {
    async reach(phone) {
      await phone.launch("no-such-pool");
      await phone.sees("return");
    },
  }),
  failing("422", {
    async reach(phone, pool) {
      await phone.launch(pool, { query: { state: "a%20b" } });
      await phone.sees("return");
    },
  }),
  failing("502", {
    async reach(phone, pool, world) {
      world.wechat.fail("/sns/jscode2session", -1);
      await phone.launch(pool);
      await phone.sees("retry");
      world.wechat.fail("/sns/jscode2session", undefined);
    },
  }),
  failing("503", {
    device: { network: "offline" },
    async reach(phone, pool) {
      await phone.launch(pool);
      await phone.sees("retry");
    },
  }),
];
