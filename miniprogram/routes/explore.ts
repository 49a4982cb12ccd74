import type { LaunchAction, PlainAction } from "../flow/event";
import type { PhoneDetail } from "../flow/phone-answer";
import { BLANK, type View } from "../flow/view";
import { login } from "../services/login";

type Tap = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { action: PlainAction; index: number }>;
type Launch<Detail extends WechatMiniprogram.IAnyObject = WechatMiniprogram.IAnyObject> = WechatMiniprogram.CustomEvent<
  Detail,
  WechatMiniprogram.IAnyObject,
  { action: LaunchAction; visit: string }
>;
type ImageFailure = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { image: "logo" | "photo" }>;

/** The page is a binding: it shows the view of the login's state, and each handler sends one event. */
Page({
  data: BLANK,
  detach: () => {},

  onLoad(query) {
    this.detach = login.attach(query, (view: View) => this.setData(view));
  },
  onUnload() {
    this.detach();
  },

  onActionTap(event: Tap) {
    login.send({ type: "tapped", action: event.currentTarget.dataset.action });
  },
  onPhoneTap() {
    login.send({ type: "phonePrompted" });
  },
  onPhoneAnswer(event: WechatMiniprogram.CustomEvent<PhoneDetail>) {
    login.send({ type: "phoneAnswered", detail: event.detail });
  },
  onLaunched(event: Launch) {
    login.send({ type: "launched", ...event.currentTarget.dataset });
  },
  onLaunchFailed(event: Launch<{ errMsg: string }>) {
    const { visit } = event.currentTarget.dataset;
    login.send({ type: "launchFailed", visit, errMsg: event.detail.errMsg });
  },
  onAgreeTap() {
    login.send({ type: "agreementToggled" });
  },
  onAgreementTap(event: Tap) {
    login.send({ type: "agreementOpened", index: event.currentTarget.dataset.index });
  },
  onReadingClose() {
    login.send({ type: "agreementClosed" });
  },
  onImageFailed(event: ImageFailure) {
    login.send({ type: "imageFailed", image: event.currentTarget.dataset.image });
  },
});
