import { words } from "../language";

interface Advice {
  what: string;
  todo: string;
}

// https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken and its neighbours.
const zh: Record<number, Advice> = {
  [-1]: { what: "微信系统繁忙", todo: "稍等片刻，服务器会自动重试。" },
  40001: {
    what: "access_token 已失效",
    todo: "服务器会自动换新；如果反复出现，检查是否有别的程序用旧接口（getAccessToken）换同一个小程序的 token。",
  },
  40002: { what: "请求里的授权类型不对", todo: "这不该发生，请报告这个问题。" },
  40003: { what: "手机号和登录的不是同一个人", todo: "已拒绝。偶尔出现是有人在尝试冒用，不用处理。" },
  40013: { what: "AppID 不对", todo: "检查小程序 AppID：要填小程序的，不是移动应用或公众号的。" },
  40014: { what: "access_token 不合法", todo: "服务器会自动换新。" },
  40029: { what: "登录凭证无效", todo: "小程序会自动再登录一次。大量出现时，检查 AppID 与真正运行的小程序是否一致。" },
  40125: { what: "AppSecret 不对", todo: "在微信公众平台 → 开发管理 → 开发设置 重置 AppSecret，再填到“设置”里。" },
  40163: { what: "登录凭证已被用过", todo: "小程序会自动再登录一次。" },
  40164: {
    what: "服务器的 IP 不在白名单",
    todo: "在微信公众平台 → 开发管理 → 开发设置 → IP 白名单 里，加上这台服务器的出口 IP。",
  },
  40226: { what: "微信因风险限制了这个人", todo: "不能登录，由微信决定，不用处理。" },
  40243: { what: "AppSecret 已被冻结", todo: "在微信公众平台解冻，或重置 AppSecret 后填到“设置”里。" },
  41002: { what: "缺少 AppID", todo: "在“设置”里填小程序 AppID。" },
  41004: { what: "缺少 AppSecret", todo: "在“设置”里填小程序 AppSecret。" },
  41008: { what: "缺少凭证", todo: "检查小程序是不是本项目编译的版本。" },
  42001: { what: "access_token 已过期", todo: "服务器会自动换新。" },
  43002: { what: "请求方式不对", todo: "这不该发生，请报告这个问题。" },
  45009: { what: "今天的调用次数用完了", todo: "在微信公众平台 → 接口额度 清零或申请提高。到零点会自动恢复。" },
  45011: { what: "调用太频繁", todo: "微信限制了频率，稍等一分钟。" },
  48001: { what: "这个小程序没有手机号权限", todo: "个人主体不能获取手机号：要用完成认证的企业小程序。" },
  50004: { what: "这个接口被禁用", todo: "在微信公众平台查看通知，联系微信客服。" },
  50007: { what: "小程序账号被冻结", todo: "在微信公众平台查看违规通知，按提示申诉。" },
  61003: { what: "没有授权给第三方平台", todo: "检查 AppID 与 AppSecret 是否属于同一个小程序。" },
  89503: { what: "这次调用要管理员确认", todo: "管理员会在微信里收到提示，确认之后重试。" },
  89506: { what: "管理员拒绝了这个 IP，24 小时内不能再试", todo: "联系小程序管理员，24 小时后重试并在微信里确认。" },
  89507: { what: "管理员拒绝了这个 IP，1 小时内不能再试", todo: "联系小程序管理员，1 小时后重试并在微信里确认。" },
};

const en: Record<number, Advice> = {
  [-1]: { what: "WeChat is busy", todo: "Wait a moment; the server tries again by itself." },
  40001: {
    what: "The access_token is no longer valid",
    todo: "The server renews it. If it keeps coming, another program fetches tokens for this mini program by the old call (getAccessToken).",
  },
  40002: { what: "Wrong grant type", todo: "This should not happen; please report it." },
  40003: { what: "The phone number is somebody else’s", todo: "Refused. Now and then somebody tries; nothing to do." },
  40013: {
    what: "Wrong AppID",
    todo: "Check it: it must be the mini program’s, not the mobile app’s or the official account’s.",
  },
  40014: { what: "The access_token is malformed", todo: "The server renews it." },
  40029: {
    what: "The login code is invalid",
    todo: "The mini program tries once more by itself. If there are many, the AppID is not that of the mini program that really runs.",
  },
  40125: {
    what: "Wrong AppSecret",
    todo: "Reset it on WeChat’s platform (Development → Settings) and enter it under “Settings” here.",
  },
  40163: { what: "The login code was already used", todo: "The mini program tries once more by itself." },
  40164: {
    what: "This server’s IP is not on the whitelist",
    todo: "Add this server’s outgoing IP on WeChat’s platform: Development → Settings → IP whitelist.",
  },
  40226: { what: "WeChat holds this person back for a risk", todo: "WeChat decided; nothing to do." },
  40243: {
    what: "The AppSecret is frozen",
    todo: "Unfreeze it on WeChat’s platform, or reset it and enter the new one under “Settings”.",
  },
  41002: { what: "The AppID is missing", todo: "Enter the mini program’s AppID under “Settings”." },
  41004: { what: "The AppSecret is missing", todo: "Enter the mini program’s AppSecret under “Settings”." },
  41008: { what: "The code is missing", todo: "Check that the mini program is one built from this project." },
  42001: { what: "The access_token has expired", todo: "The server renews it." },
  43002: { what: "Wrong method", todo: "This should not happen; please report it." },
  45009: {
    what: "Today’s calls are used up",
    todo: "Clear or raise the quota on WeChat’s platform. It returns at midnight (UTC+8).",
  },
  45011: { what: "Called too often", todo: "WeChat limits the rate; wait a minute." },
  48001: {
    what: "This mini program may not ask for phone numbers",
    todo: "Personal accounts cannot: use a certified company’s mini program.",
  },
  50004: { what: "This interface is disabled", todo: "See the messages on WeChat’s platform and contact WeChat." },
  50007: { what: "The mini program’s account is frozen", todo: "See the notice on WeChat’s platform and appeal." },
  61003: {
    what: "Not authorised for a third-party platform",
    todo: "Check that AppID and AppSecret belong to the same mini program.",
  },
  89503: {
    what: "An administrator has to confirm this call",
    todo: "The administrator is asked in WeChat; try again afterwards.",
  },
  89506: {
    what: "An administrator refused this IP; no more tries for 24 hours",
    todo: "Talk to the mini program’s administrator and try again after 24 hours.",
  },
  89507: {
    what: "An administrator refused this IP; no more tries for an hour",
    todo: "Talk to the mini program’s administrator and try again after an hour.",
  },
};

/** What WeChat means by an errcode, and what an operator does about it. */
export const errcodes = words(zh, en);

export const unknownErrcode = words<Advice>(
  { what: "微信没有写明的错误", todo: "在微信开发文档里搜索这个 errcode；没有人会因此被放进来。" },
  {
    what: "An error WeChat does not document",
    todo: "Search WeChat’s documents for this errcode. Nobody is let in by it.",
  },
);

export const noAnswer = words<Advice>(
  { what: "微信没有应答", todo: "检查这台服务器能否访问 api.weixin.qq.com（防火墙、DNS、出口代理）。" },
  {
    what: "WeChat did not answer",
    todo: "Check that this server reaches api.weixin.qq.com: firewall, DNS, outgoing proxy.",
  },
);
