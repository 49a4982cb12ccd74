/** Why launchApp did not open the app. */
export type LaunchFailure = "wrong_way_in" | "refused";

/**
 * Reads `errMsg` of a launchApp button's `binderror`; `undefined` when the person declined the question whether to open
 * the app, which is no failure. One text is documented (`invalid scene`), others are reported, misspelt ones among them:
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/launchApp.html
 */
export function readLaunchFailure(errMsg: string): LaunchFailure | undefined {
  if (/cancel|deny|denied/i.test(errMsg)) return undefined;
  return /scene|sence/i.test(errMsg) ? "wrong_way_in" : "refused";
}
