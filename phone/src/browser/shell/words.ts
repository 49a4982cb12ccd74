const ZH = {
  title: "用小程序登录 App",
  lead: "点手机里的「微信登录」。App 打开小程序，你确认，App 拿到一次性票据，它的后端换回用户和令牌。",
  settings: "这部手机",
  person: "谁拿着手机",
  language: "语言",
  getPhone: "App 要手机号",
  questions: "系统提问",
  "questions.ask": "问我",
  "questions.allow": "一律允许",
  "questions.refuse": "一律拒绝",
  theme: "深色模式",
  textScale: "文字大小",
  network: "网络",
  "network.online": "正常",
  "network.offline": "断开",
  "network.timeout": "超时",
  restart: "重新开始",
  timeline: "刚刚发生了什么",
  "timeline.empty": "还没有。",
  "timeline.note": "不显示票据、code 和手机号。",
  "party.applet": "小程序",
  "party.host app": "App 后端",
  "party.auth server": "登录服务",
  "party.WeChat": "微信服务器",
  "sheet.asks": "申请获取并验证你的手机号",
  "sheet.bound": "微信绑定号码",
  allow: "允许",
  refuse: "拒绝",
  cancel: "取消",
  ok: "知道了",
  "open.asks": "即将离开微信，打开",
  "contract.title": "用户隐私保护指引",
  "contract.text": "在真实的手机上，这里由微信显示小程序在后台声明的隐私保护指引。",
  close: "关闭小程序",
  back: "返回",
  more: "更多",
  emulation: "模拟的系统界面",
};

type Words = { [Key in keyof typeof ZH]: string };

const EN: Words = {
  title: "Sign in to an app through a mini program",
  lead: 'Tap "Sign in with WeChat" in the phone. The app opens the mini program, you confirm, the app gets a one-time ticket, and its backend trades it for the user and a token.',
  settings: "This phone",
  person: "Who holds it",
  language: "Language",
  getPhone: "App wants the phone number",
  questions: "System questions",
  "questions.ask": "Ask me",
  "questions.allow": "Always allow",
  "questions.refuse": "Always refuse",
  theme: "Dark mode",
  textScale: "Text size",
  network: "Network",
  "network.online": "Online",
  "network.offline": "Offline",
  "network.timeout": "Times out",
  restart: "Start over",
  timeline: "What just happened",
  "timeline.empty": "Nothing yet.",
  "timeline.note": "Tickets, codes and numbers are not shown.",
  "party.applet": "Mini program",
  "party.host app": "App backend",
  "party.auth server": "Auth server",
  "party.WeChat": "WeChat's server",
  "sheet.asks": "asks to get and verify your phone number",
  "sheet.bound": "Number bound to WeChat",
  allow: "Allow",
  refuse: "Refuse",
  cancel: "Cancel",
  ok: "OK",
  "open.asks": "You are leaving WeChat for",
  "contract.title": "Privacy guidelines",
  "contract.text": "On a real phone WeChat shows here what the mini program declared about its use of data.",
  close: "Close the mini program",
  back: "Back",
  more: "More",
  emulation: "Emulated system screen",
};

let english = false;

/** Chinese unless WeChat's language is English. */
export function speak(language: "zh_CN" | "zh_TW" | "en"): void {
  english = language === "en";
}

export function isEnglish(): boolean {
  return english;
}

export function word(key: keyof Words): string {
  return (english ? EN : ZH)[key];
}
