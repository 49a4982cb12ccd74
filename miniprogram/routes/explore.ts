import type { ActionId } from "../flow/event";
import type { PhoneDetail } from "../flow/problem";
import type { View } from "../flow/view-shape";
import type { ReturnCode } from "../protocol/return-string";
import { login } from "../services/login";

type Tap<Data extends WechatMiniprogram.IAnyObject> = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, Data>;
type OpenType<Detail extends WechatMiniprogram.IAnyObject> = WechatMiniprogram.CustomEvent<
  Detail,
  WechatMiniprogram.IAnyObject,
  { visit: string; code: ReturnCode }
>;

/** What the markup binds without a condition, until the first view comes. */
const BLANK: Partial<View> = { title: "", cards: [], agreements: [], actions: [] };

/** The page is a binding: it shows the view of the login, and each handler sends one event. */
Page({
  data: BLANK,
  screen: (_view: View): void => {},

  onLoad(query) {
    this.screen = (view) => this.setData(view);
    login.attach(this.screen, query);
  },
  onShow() {
    login.showPage(this.screen);
  },
  onHide() {
    login.hidePage(this.screen);
  },
  onUnload() {
    login.detach(this.screen);
  },
  onActionTap({ currentTarget: { dataset } }: Tap<{ action: ActionId; of?: string }>) {
    login.send({ type: "tapped", action: dataset.action, of: dataset.of });
  },
  onPhoneAnswer({ detail }: OpenType<PhoneDetail>) {
    login.send({ type: "phoneAnswered", detail });
  },
  onLaunched({ currentTarget: { dataset } }: OpenType<WechatMiniprogram.IAnyObject>) {
    login.send({ type: "launched", visit: dataset.visit, code: dataset.code });
  },
  onLaunchFailed({ currentTarget: { dataset }, detail }: OpenType<{ errMsg: string }>) {
    login.send({ type: "launchFailed", visit: dataset.visit, errMsg: detail.errMsg });
  },
  onAgreeTap() {
    login.send({ type: "agreementToggled" });
  },
  onAgreementTap({ currentTarget: { dataset } }: Tap<{ index: number }>) {
    login.send({ type: "agreementOpened", index: dataset.index });
  },
});
