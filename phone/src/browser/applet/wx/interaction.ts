import type { Client } from "../built-in-node";
import type { PageStack } from "../page-stack";
import { readUrl } from "../../url";
import { call, CallFailure, type CallOptions } from "./calls";

/** Routes, the navigation bar, toasts and questions. */
export function interactionCalls(phone: Client, pages: PageStack) {
  // `run` is entered before the call returns: onPageNotFound relies on a synchronous redirect.
  const route = (name: "navigateTo" | "redirectTo" | "reLaunch" | "switchTab") =>
    call(
      name,
      phone,
      ({ url }) => {
        const target = readUrl(String(url), pages.front?.instance.route);
        if (!pages.exists(target.path)) throw new CallFailure(`page "${target.path}" is not found`);
        if (name !== "reLaunch" && (name === "switchTab") !== pages.isTab(target.path))
          throw new CallFailure(
            name === "switchTab" ? "can not switch to no-tabBar page" : `can not ${name} a tabbar page`,
          );
        pages[name](target);
      },
      { tell: ({ url }) => String(url).split("?")[0] ?? "" },
    );
  return {
    navigateTo: route("navigateTo"),
    redirectTo: route("redirectTo"),
    reLaunch: route("reLaunch"),
    switchTab: route("switchTab"),
    navigateBack: call("navigateBack", phone, ({ delta }) => pages.navigateBack(Number(delta ?? 1))),
    setNavigationBarTitle: call("setNavigationBarTitle", phone, ({ title }) => pages.setBar({ title: String(title) })),
    setNavigationBarColor: call("setNavigationBarColor", phone, ({ frontColor, backgroundColor }) =>
      pages.setBar({ text: frontColor === "#000000" ? "black" : "white", background: String(backgroundColor) }),
    ),
    hideHomeButton: call("hideHomeButton", phone, () => undefined),
    showToast: call("showToast", phone, ({ title, duration }) => {
      phone.toast(String(title));
      window.setTimeout(() => phone.toast(null), Number(duration ?? 1500));
    }),
    hideToast: call("hideToast", phone, () => phone.toast(null)),
    showLoading: call("showLoading", phone, ({ title }) => phone.toast(String(title))),
    hideLoading: call("hideLoading", phone, () => phone.toast(null)),
    showModal: call("showModal", phone, async (options: CallOptions) => {
      const { title = "", content = "", confirmText = "确定", cancelText = "取消", showCancel = true } = options;
      const confirm = await phone.modal({
        title: String(title),
        content: String(content),
        confirm: String(confirmText),
        cancel: showCancel === false ? null : String(cancelText),
      });
      return { confirm, cancel: !confirm };
    }),
    vibrateShort: call("vibrateShort", phone, () => undefined),
    setClipboardData: call("setClipboardData", phone, () => undefined),
  };
}
