import { expect, test } from "@jest/globals";
import { phone, world } from "../hooks";

/** What is on the page in one frame: where its parts are, and who asks. */
interface Frame {
  /** Left, top, right and bottom of each part that is there, in whole CSS pixels. */
  places: Record<string, string>;
  heading: string;
  color: string;
}

/** Parts that are at the same place in whatever state has them. */
const STEADY = {
  logo: ".logo",
  card: ".card",
  primary: ".actions > :first-child",
  cancel: "#cancel",
  privacy: "#privacy",
};

/** Notes every frame of the applet's page that differs from the one before, from now on; gives them when it is called. */
async function filmed(): Promise<() => Promise<Frame[]>> {
  await phone.page.evaluate((parts) => {
    const frames: Frame[] = [];
    const look = () => {
      const page = document.querySelector("iframe")?.contentDocument;
      if (page?.querySelector(".page")?.getBoundingClientRect().width) {
        const places: Record<string, string> = {};
        for (const [name, selector] of Object.entries(parts)) {
          const box = page.querySelector(selector)?.getBoundingClientRect();
          // A card is as high as what it tells.
          const edges = box && [box.left, box.top, box.right, ...(name === "card" ? [] : [box.bottom])];
          if (edges) places[name] = edges.map(Math.round).join(" ");
        }
        const color = getComputedStyle(page.querySelector(".page")!).getPropertyValue("--theme");
        const heading = page.querySelector("#heading")?.textContent ?? "";
        const frame = { places, heading, color };
        if (JSON.stringify(frame) !== JSON.stringify(frames.at(-1))) frames.push(frame);
      }
      requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { frames });
  }, STEADY);
  return () => phone.page.evaluate(() => (window as unknown as { frames: Frame[] }).frames);
}

/** The different values of something along the film, in order, each change told once. */
function changes<Value>(film: Frame[], of: (frame: Frame) => Value | undefined): Value[] {
  const values = film.map(of).filter((value) => value !== undefined);
  return values.filter((value, n) => n === 0 || value !== values[n - 1]);
}

/** Two seconds for wx.login, and as many for each request. */
const SLOW = { loginLatency: 2_000, requestLatency: 2_000 };
const TERMS = { title: "云杉会员服务协议", text: "欢迎加入云杉会员。", version: "1", required: true };

/** Lets the phone's time go by until an element is there. */
async function waitsFor(id: string): Promise<void> {
  while ((await phone.at(id).count()) === 0) await phone.do("passTime", 250);
}

test("through a login at two seconds' latency nothing flickers, and nothing moves under a finger", async () => {
  const pool = await world.newPool({ agreements: [TERMS], phoneOptional: true });
  await phone.renew({ ...SLOW, questions: "refuse" });
  const film = await filmed();
  await phone.launch(pool);
  await phone.sees("progress");
  await waitsFor("proceed");
  await phone.tap("proceed");
  await phone.sees("notice");
  await phone.tap("agree");
  await phone.tap("allow-phone");
  await phone.sees("proceed");
  await phone.do("passTime", 10_000);
  await phone.do("set", { questions: "allow" });
  await phone.tap("allow-phone");
  await phone.sees("progress");
  await waitsFor("confirm");
  await phone.do("hide");
  await phone.do("passTime", 119_000);
  await phone.do("open", { scene: 1089 });
  await waitsFor("confirm");

  const frames = await film();
  for (const part of Object.keys(STEADY)) {
    const places = changes(frames, ({ places: all }) => all[part]);
    expect([part, ...places]).toEqual([part, places[0]]);
  }
  expect(changes(frames, ({ heading }) => heading)).toEqual(["", "登录云杉咖啡"]);
  expect(changes(frames, ({ color }) => color)).toEqual(["#5c6370", "#1f5c46"]);
});

test("a second tap on an agreement's close meets no button that acts before the page could refuse", async () => {
  await phone.renew();
  await phone.launch(await world.newPool({ agreements: [TERMS] }));
  await phone.tap("agree");
  await phone.tap("agreement-0");
  const close = await phone.page.evaluate(() => {
    const box = document.querySelector("iframe")!.contentDocument!.querySelector("#close")!.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
  await phone.tap("close");
  await phone.sees("allow-phone");
  const beneath = await phone.page.evaluate(({ x, y }) => {
    const page = document.querySelector("iframe")!.contentDocument!;
    return page.elementFromPoint(x, y)?.closest("wx-button")?.id;
  }, close);
  expect(["privacy", undefined]).toContain(beneath);
});
