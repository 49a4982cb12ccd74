import type { View } from "../flow/view-shape";
import { login } from "../services/login";
import type { EventInput } from "../services/runner";

/** What the markup binds without a condition, until the first view comes. */
const BLANK: Partial<View> = { title: "", cards: [], agreements: [], actions: [] };

/** A handler that tells the login of a button: the `data-*` of its element, and what WeChat has to say. */
function teller(type: "tapped" | "phoneAnswered" | "launched" | "launchFailed") {
  return ({ currentTarget: { dataset }, detail }: WechatMiniprogram.CustomEvent): void =>
    login.send({ type, detail, ...dataset } as EventInput);
}

/** The page is a binding: it shows the view of the login, and each handler sends one event. */
Page({
  data: BLANK,
  onLoad(query) {
    login.attach(this, query);
  },
  onShow() {
    login.showPage(this);
  },
  onHide() {
    login.hidePage(this);
  },
  onUnload() {
    login.detach(this);
  },
  onTap: teller("tapped"),
  onPhoneAnswer: teller("phoneAnswered"),
  onLaunched: teller("launched"),
  onLaunchFailed: teller("launchFailed"),
});
