/** The `addListener` of react-native-wechat-lib. */
type AddListener = (event: string, listener: (response: unknown) => void) => unknown;

/**
 * Calls `listener` with every string an applet returns, by each way react-native-wechat-lib 3 has: `extMsg` of
 * WXLaunchMiniProgramReq.Resp; on Android, where launchApp arrives as a request, `country` of a SendMessageToWX.Resp;
 * on iOS `extMsg` of LaunchFromWX.Req. The promise of `launchMiniProgram` is no substitute: it never settles when
 * WeChat does not open, and is gone when the app was ended meanwhile.
 */
export function onAnswer(addListener: AddListener, listener: (text: string) => void): void {
  listen("WXLaunchMiniProgramReq.Resp", "extMsg");
  listen("SendMessageToWX.Resp", "country");
  listen("LaunchFromWX.Req", "extMsg");

  function listen(event: string, field: string): void {
    addListener(event, (response) => {
      const text = (response as Record<string, unknown> | null | undefined)?.[field];
      // A share's own response carries the country of the person there, as two letters.
      if (typeof text === "string" && text.length > 2) listener(text);
    });
  }
}
