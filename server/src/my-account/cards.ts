import type {
  AccountCard,
  AccountChange,
  AccountOffer,
  AccountOrder,
  AccountReply,
  AccountRow,
  AccountView,
  Language,
} from "@app2wxapp/protocol";
import { wordsIn, type Words } from "../messages";
import { offerOf } from "./offers";

/** What stands on a row; `{}` is a day, or a day and a time. */
const TEXTS = {
  phone: ["手机号", "手機號碼", "Phone number"],
  agreed: ["{} 同意", "{} 同意", "Agreed {}"],
  consent: ["你的同意", "你的同意", "Your consent"],
  agreements: ["协议", "條款", "Agreements"],
  signedIn: ["{} 登录", "{} 登入", "Signed in {}"],
  signedOut: ["{} 登录，现已退出", "{} 登入，現已登出", "Signed in {}, signed out since"],
  everyApp: ["所有 App", "所有 App", "Every app"],
  account: ["账号", "帳號", "Account"],
  allOfIt: ["以上全部内容", "以上全部內容", "Everything above"],
  leaving: [
    "将于 {} 注销，之前登录即可取消",
    "將於 {} 刪除，之前登入即可取消",
    "Will be deleted {}, unless you sign in before",
  ],
  none: ["还没有账号", "還沒有帳號", "No account yet"],
  noneYet: [
    "从 App 登录一次之后，这里会显示你的账号",
    "從 App 登入一次之後，這裡會顯示你的帳號",
    "After you sign in from an app, your account is shown here",
  ],
} satisfies Record<string, Words>;

/** A person's accounts as a page shows them, and what the buttons lead to. `utcOffset`: minutes east of UTC. */
export function inWords(
  accounts: readonly AccountView[],
  language: Language,
  utcOffset: number,
): Pick<AccountReply, "cards" | "offers"> {
  const offers: AccountOffer[] = [];
  const say = (key: keyof typeof TEXTS, time = "") => wordsIn(TEXTS[key], language).replace("{}", time);
  const day = (at: number) => moment(at, utcOffset).slice(0, 10);

  function cardOf(account: AccountView): AccountCard {
    const { userPoolId, name, phone, apps, agreements, deletesAt } = account;
    const withButton = (plain: AccountRow, change: AccountChange, app?: AccountView["apps"][number]): AccountRow => {
      const order: AccountOrder = { userPoolId, change };
      if (app?.callerAppId) order.callerAppId = app.callerAppId;
      const offer = offerOf(order, language, app ? app.name : name, account);
      offers.push(offer);
      return { ...plain, button: { id: "change", label: offer.label, of: String(offers.length - 1) } };
    };
    const rows: AccountRow[] = [];
    if (phone !== null) rows.push({ icon: "phone", title: phone, text: say("phone") });
    for (const { title, agreedAt } of agreements) rows.push(row(title, say("agreed", day(agreedAt))));
    const given = [...(agreements.length > 0 ? [say("agreements")] : []), ...(phone === null ? [] : [say("phone")])];
    if (given.length > 0) rows.push(withButton(row(say("consent"), given.join(" · ")), "withdraw"));
    for (const app of apps) {
      const shown = row(app.name, say(app.signedIn ? "signedIn" : "signedOut", day(app.lastLoginAt)));
      rows.push(app.signedIn ? withButton(shown, "signOut", app) : shown);
    }
    const inUse = apps.filter(({ signedIn }) => signedIn);
    if (inUse.length > 0)
      rows.push(withButton(row(say("everyApp"), inUse.map((app) => app.name).join(" · ")), "signOutEverywhere"));
    const isLeaving = deletesAt !== null;
    const fate = isLeaving ? say("leaving", moment(deletesAt, utcOffset)) : say("allOfIt");
    rows.push(withButton(row(say("account"), fate), isLeaving ? "keep" : "delete"));
    return { label: name, rows };
  }

  const cards = accounts.map(cardOf);
  if (cards.length === 0) cards.push({ label: "", rows: [row(say("none"), say("noneYet"))] });
  return { cards, offers };
}

function row(title: string, text: string): AccountRow {
  return { icon: "", title, text };
}

/** A day and a time as everybody in the world can read them. */
function moment(at: number, utcOffset: number): string {
  return new Date(at + utcOffset * 60_000).toISOString().slice(0, 16).replace("T", " ");
}
