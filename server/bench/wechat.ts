import { createWechat } from "@app2wxapp/wechat";
import { APPLET } from "./applet";

/** So many people there are; in a new pool all of them are new. */
const PEOPLE = 4000;

/** WeChat's stand-in, with a crowd of people whose login codes the bench asks for. */
async function main(): Promise<void> {
  const people = Array.from({ length: PEOPLE }, (_, n) => ({
    id: `p${n}`,
    name: `p${n}`,
    nameEn: `p${n}`,
    phone: null,
  }));
  const wechat = createWechat({ applets: [APPLET], people });
  const origin = await wechat.start();
  let next = 0;
  process.on("message", ({ count }: { count: number }) => {
    const codes = Array.from({ length: count }, () => wechat.device.loginCode(`p${next++ % PEOPLE}`, APPLET.appId));
    process.send?.(codes);
  });
  process.send?.({ origin });
}

void main();
