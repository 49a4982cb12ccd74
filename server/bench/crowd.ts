import { createWechat } from "@app2wxapp/wechat";
import { APPLET } from "./applet";

/** So many people there are; in a new pool all of them are new. */
export const PEOPLE = 4000;

/** WeChat's stand-in, with a crowd of people. */
export function createCrowd(applet = APPLET) {
  const people = Array.from({ length: PEOPLE }, (_, n) => ({
    id: `p${n}`,
    name: `p${n}`,
    nameEn: `p${n}`,
    phone: null,
  }));
  const wechat = createWechat({ applets: [applet], people });
  let next = 0;
  return {
    start: () => wechat.start(),
    stop: () => wechat.stop(),
    /** So many more login codes, of one person after the other, from the first again after the last; or of those of the last time. */
    codes(count: number, again = false): string[] {
      if (again) next -= count;
      return Array.from({ length: count }, () => wechat.device.loginCode(`p${next++ % PEOPLE}`, applet.appId));
    },
  };
}
