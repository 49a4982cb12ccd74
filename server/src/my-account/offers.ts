import type { AccountChange, AccountOffer, Language } from "@app2wxapp/protocol";
import { wordsIn, type Words } from "../messages";

/**
 * What the person taps, what they are then asked, and what it will mean. `{}` is the app's or the pool's name, `#` a number
 * of days. Here and not in the applet, whose package is small.
 */
const OFFERS: Record<AccountChange, { label: Words; question: Words; detail: Words }> = {
  signOut: {
    label: ["退出登录", "登出", "Sign out"],
    question: ["退出「{}」？", "登出「{}」？", "Sign out of {}?"],
    detail: [
      "之后使用这个 App 需要重新登录。",
      "之後使用這個 App 需要重新登入。",
      "You will have to sign in to this app again.",
    ],
  },
  signOutEverywhere: {
    label: ["全部退出", "全部登出", "Sign out everywhere"],
    question: ["退出「{}」的所有 App？", "登出「{}」的所有 App？", "Sign out of every {} app?"],
    detail: [
      "之后使用这些 App 都需要重新登录。",
      "之後使用這些 App 都需要重新登入。",
      "You will have to sign in to each of these apps again.",
    ],
  },
  withdraw: {
    label: ["撤回同意", "撤回同意", "Withdraw consent"],
    question: ["撤回对「{}」的同意？", "撤回對「{}」的同意？", "Withdraw your consent to {}?"],
    detail: [
      "同意记录和手机号会被删除，所有 App 会退出登录。下次登录时会重新询问。",
      "同意紀錄和手機號碼會被刪除，所有 App 會登出。下次登入時會重新詢問。",
      "Your consents and phone number are removed and every app is signed out. The next sign-in asks for them again.",
    ],
  },
  delete: {
    label: ["注销账号", "刪除帳號", "Delete account"],
    question: ["注销「{}」的账号？", "刪除「{}」的帳號？", "Delete your {} account?"],
    detail: [
      "账号、手机号、登录记录和同意记录都会删除，所有 App 立即退出登录。# 天内再次登录即可取消，之后无法恢复。",
      "帳號、手機號碼、登入紀錄和同意紀錄都會刪除，所有 App 立即登出。# 天內再次登入即可取消，之後無法復原。",
      "Your account, phone number, sign-in history and consents will be deleted, and every app is signed out now. Sign in again within # days to cancel; after that it cannot be undone.",
    ],
  },
  keep: {
    label: ["保留账号", "保留帳號", "Keep account"],
    question: ["保留「{}」的账号？", "保留「{}」的帳號？", "Keep your {} account?"],
    detail: [
      "账号不会被删除。使用 App 需要重新登录。",
      "帳號不會被刪除。使用 App 需要重新登入。",
      "The account will not be deleted. You will have to sign in to the apps again.",
    ],
  },
};

/** Where the pool leaves no time to think. */
const AT_ONCE: Words = [
  "账号、手机号、登录记录和同意记录会立即删除，无法恢复。",
  "帳號、手機號碼、登入紀錄和同意紀錄會立即刪除，無法復原。",
  "Your account, phone number, sign-in history and consents will be deleted at once. This cannot be undone.",
];

/** One thing to do, in words. `name`: the app's with `signOut`, else the pool's. */
export function offerOf(
  order: AccountOffer["order"],
  language: Language,
  name: string,
  { deletionGraceDays: days }: { deletionGraceDays: number },
): AccountOffer {
  const { label, question, detail } = OFFERS[order.change];
  const told = order.change === "delete" && days === 0 ? AT_ONCE : detail;
  return {
    question: wordsIn(question, language).replace("{}", () => name),
    detail: wordsIn(told, language).replace("#", String(days)),
    label: wordsIn(label, language),
    order,
  };
}
