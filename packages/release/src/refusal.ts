import type { Failed, SendJob } from "./job";

const KEY_PAGE = "mp.weixin.qq.com, 管理 > 开发管理 > 开发设置 > 小程序代码上传";

/**
 * What can go wrong between here and WeChat, by the words that come back. WeChat publishes no list; these are texts
 * that operators have met. The number comes with several meanings, so it decides nothing.
 */
const REFUSALS: { words: RegExp; means: (match: RegExpExecArray, job: Refused) => string }[] = [
  {
    words: /invalid ip:?\s*([0-9a-f.:]*[0-9a-f])|\bip ([0-9a-f.:]*[0-9a-f]) not in whitelist/i,
    means: ([, one, other]) => {
      const ip = one ?? other ?? "";
      const v6 = ip.includes(":") ? ", or send over IPv4: NODE_OPTIONS=--dns-result-order=ipv4first" : "";
      return `this computer's address ${ip} is not on the key's list. Add it (${KEY_PAGE} > IP白名单)${v6}`;
    },
  },
  {
    words: /invalid appid|innerCode:\s*40013\b/i,
    means: (_, { appId }) => `there is no mini program ${appId}, or it cannot be uploaded to. Check the AppID`,
  },
  {
    words: /get new ticket fail|invalid sign|sign\w* (fail|error|invalid)/i,
    means: (_, { appId }) =>
      `the key is not that of ${appId}, or it has been reset since. Make a new one (${KEY_PAGE}) and use its file`,
  },
  {
    words: /version.*(exist|duplicate|repeat|used)|版本.*(存在|重复)/i,
    means: (_, { version }) =>
      `there is a version ${version} already. Raise it: npm version patch --no-git-tag-version`,
  },
  {
    words: /certificate|self.signed/i,
    means: () =>
      "the connection's certificate is not trusted. Behind a proxy that opens TLS, put its certificate into NODE_EXTRA_CA_CERTS",
  },
  {
    words:
      /(?:tunneling socket.*)?\b(E[A-Z_]*(?:NOTFOUND|REFUSED|RESET|TIMEDOUT|UNREACH|AGAIN))\b|tunneling socket|socket hang up/,
    means: ([, cause]) =>
      `servicewechat.com did not answer${cause ? ` (${cause})` : ""}. Check the network, and HTTPS_PROXY if you need one; then run this again`,
  },
];

type Refused = Pick<SendJob, "appId" | "version">;

/** What happened and what to do, in words; never the key. */
export function explainRefusal(failure: Failed, job: Refused): string {
  const text = said(failure.message);
  for (const { words, means } of REFUSALS) {
    const match = words.exec(text);
    if (match) return means(match, job);
  }
  return `not accepted: ${text}`;
}

/** WeChat's own sentence, where the library wraps its whole JSON answer; cut, and without anything that is a key. */
function said(message: string): string {
  const { errMsg, errCode } = json(/\{.*\}/s.exec(message)?.[0]) as { errMsg?: unknown; errCode?: unknown };
  const sentence = typeof errMsg === "string" ? `${errMsg} (errCode ${String(errCode)})` : message;
  return sentence.replace(/-----BEGIN[^]*?(-----END[^-]*-----|$)/g, "[a key]").slice(0, 500);
}

function json(text: string | undefined): object {
  try {
    return Object(JSON.parse(text ?? "")) as object;
  } catch {
    return {};
  }
}
