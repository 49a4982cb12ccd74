/** What a host app writes to open the mini program, by platform. */
export interface Launch {
  userName: string;
  /** With everything but what each login makes anew. */
  path: string;
  appId: string;
  pkce: boolean;
}

export const PLATFORMS = ["iOS", "Android", "HarmonyOS", "React Native", "Flutter", "uni-app"] as const;
export type Platform = (typeof PLATFORMS)[number];

const challenge = (pkce: boolean, join: (name: string) => string): string => (pkce ? join("codeChallenge") : "");

export const LAUNCH_SNIPPETS: Record<Platform, (launch: Launch) => string> = {
  iOS: ({ userName, path, pkce }) => `let request = WXLaunchMiniProgramReq.object()
request.userName = "${userName}"
request.path = "${path}&state=\\(state)${challenge(pkce, (name) => `&${name}=\\(${name})`)}"
request.miniProgramType = .release
WXApi.send(request)

// WXApiDelegate
func onResp(_ resp: BaseResp) {
    guard let answer = (resp as? WXLaunchMiniProgramResp)?.extMsg else { return }
    // code=200&message=…&ticket=…&state=…
}`,
  Android: ({ userName, path, appId, pkce }) => `val api = WXAPIFactory.createWXAPI(context, "${appId}", true)
api.sendReq(WXLaunchMiniProgram.Req().apply {
    userName = "${userName}"
    path = "${path}&state=$state${challenge(pkce, (name) => `&${name}=$${name}`)}"
    miniprogramType = WXLaunchMiniProgram.Req.MINIPTOGRAM_TYPE_RELEASE
})

// WXEntryActivity
override fun onReq(req: BaseReq) {
    val answer = (req as? ShowMessageFromWX.Req)?.message?.messageExt ?: return
    // code=200&message=…&ticket=…&state=…
}
override fun onResp(resp: BaseResp) {
    val answer = (resp as? WXLaunchMiniProgram.Resp)?.extMsg ?: return
}`,
  HarmonyOS: ({ userName, path, appId, pkce }) => `const api = wxopensdk.WXAPIFactory.createWXAPI("${appId}")
const request = new wxopensdk.LaunchMiniProgramReq()
request.userName = "${userName}"
request.path = \`${path}&state=\${state}${challenge(pkce, (name) => `&${name}=\${${name}}`)}\`
request.miniprogramType = 0
api.sendReq(context, request)

// WXApiEventHandler
onResp(resp: wxopensdk.BaseResp) {
  if (resp instanceof wxopensdk.LaunchMiniProgramResp) {
    const answer = resp.extMsg // code=200&message=…&ticket=…&state=…
  }
}`,
  "React Native": ({ userName, path, pkce }) => `import { launchMiniProgram } from "react-native-wechat-lib";

const answer = await launchMiniProgram({
  userName: "${userName}",
  path: \`${path}&state=\${state}${challenge(pkce, (name) => `&${name}=\${${name}}`)}\`,
  miniProgramType: 0,
});
// answer.extMsg: code=200&message=…&ticket=…&state=…`,
  Flutter: ({ userName, path, pkce }) => `final fluwx = Fluwx();
fluwx.addSubscriber((response) {
  if (response is WeChatLaunchMiniProgramResponse) {
    final answer = response.extMsg; // code=200&message=…&ticket=…&state=…
  }
});
await fluwx.open(
  target: MiniProgram(
    username: "${userName}",
    path: "${path}&state=$state${challenge(pkce, (name) => `&${name}=$${name}`)}",
    miniProgramType: WXMiniProgramType.release,
  ),
);`,
  "uni-app": ({ userName, path, pkce }) => `plus.share.getServices((services) => {
  const weixin = services.find(({ id }) => id === "weixin");
  weixin.launchMiniProgram({
    id: "${userName}",
    path: \`${path}&state=\${state}${challenge(pkce, (name) => `&${name}=\${${name}}`)}\`,
    type: 0,
  }, (answer) => {
    // answer.extMsg: code=200&message=…&ticket=…&state=…
  });
});`,
};
