import { attempt } from "./attempt";

/** What the platform says about the applet it runs and the person's settings. */
export interface Device {
  appId: string;
  /** WeChat's own name of the language, such as `zh_CN`. */
  language: string;
  /** `ext` of ext.json: https://developers.weixin.qq.com/miniprogram/dev/devtools/ext.html */
  overrides: Readonly<Record<string, unknown>>;
}

export function readDevice(): Device {
  return {
    appId: attempt(() => wx.getAccountInfoSync().miniProgram.appId) || "",
    language: attempt(() => wx.getAppBaseInfo().language) || "zh_CN",
    overrides: attempt(() => wx.getExtConfigSync()) || {},
  };
}
