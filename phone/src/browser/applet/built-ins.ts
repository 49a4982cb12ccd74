import type { BuiltIn } from "../../built-in-templates";
import type { BuiltInDefinition } from "./built-in-node";
import { FORM_CONTROLS } from "./form-controls";
import { openCapability } from "./open-capabilities";
import { fontSize } from "./text-size";
import { hover, pressable, scrollable } from "./touch";

const S = String;
const B = Boolean;
const N = Number;

/** Attributes every component takes for screen readers, from WXML to the DOM.
 * https://developers.weixin.qq.com/miniprogram/dev/component/aria-component.html */
const ARIA = [
  "Role",
  "Label",
  "Checked",
  "Hidden",
  "Live",
  "Disabled",
  "Describedby",
  "Labelledby",
  "Expanded",
  "Busy",
  "Modal",
  "Level",
  "Atomic",
  "Controls",
  "Selected",
  "Haspopup",
  "Roledescription",
  "Required",
];

/** What screen readers are told through, by property; every built-in has these. */
export const ARIA_ATTRIBUTES: Record<string, string> = {
  role: "role",
  ...Object.fromEntries(ARIA.map((name) => [`aria${name}`, name === "Role" ? "role" : `aria-${name.toLowerCase()}`])),
};

export const BUILT_INS: Record<BuiltIn, BuiltInDefinition> = {
  ...FORM_CONTROLS,
  view: {
    properties: { hoverClass: S, hoverStopPropagation: B, hoverStartTime: N, hoverStayTime: N, animation: null },
    attached: (node) => hover(node),
  },
  text: { properties: { selectable: B, userSelect: B, space: S, decode: B, overflow: S, maxLines: N } },
  button: {
    properties: {
      type: { type: S, value: "default" },
      size: { type: S, value: "default" },
      plain: B,
      disabled: B,
      loading: B,
      formType: S,
      openType: S,
      appParameter: S,
      hoverClass: { type: S, value: "button-hover" },
      lang: S,
      phoneNumberNoQuotaToast: { type: B, value: true },
      hoverStopPropagation: B,
      hoverStartTime: N,
      hoverStayTime: N,
    },
    changed: {
      disabled: (node, value) => node.$$.setAttribute("aria-disabled", String(Boolean(value))),
    },
    attached: (node, phone) => {
      hover(node);
      pressable(node, "button");
      node.addListener("tap", () => {
        if (node.data["disabled"] || !node.data["openType"]) return;
        // After the applet's own bindtap, as on phones.
        queueMicrotask(() => {
          for (const openType of String(node.data["openType"]).split("|")) void openCapability(openType, node, phone);
        });
      });
    },
  },
  navigator: {
    properties: { target: S, openType: { type: S, value: "navigate" }, url: S, hoverClass: S, delta: N },
    attached: (node, phone) => {
      hover(node);
      pressable(node, "link");
      node.addListener("tap", () => {
        const isOwnPage = node.data["target"] !== "miniProgram";
        if (!isOwnPage && node.data["openType"] === "exit") phone.exit();
        else if (isOwnPage && node.data["openType"] === "navigate") phone.navigateTo(String(node.data["url"]));
        else throw new Error(`navigator: this phone does not do open-type ${String(node.data["openType"])}`);
      });
    },
  },
  "scroll-view": {
    properties: {
      scrollX: B,
      scrollY: B,
      scrollTop: N,
      scrollIntoView: S,
      enhanced: B,
      showScrollbar: B,
      type: S,
      enablePassive: B,
    },
    attached: (node) => scrollable(node),
  },
  "page-meta": {
    properties: {
      rootFontSize: S,
      pageFontSize: S,
      pageStyle: S,
      backgroundColor: S,
      backgroundTextStyle: S,
      rootBackgroundColor: S,
      pageOrientation: S,
    },
    changed: {
      rootFontSize: (_node, value) => (document.documentElement.style.fontSize = fontSize(value)),
      pageFontSize: (_node, value) => (document.body.style.fontSize = fontSize(value)),
      pageStyle: (_node, value) => {
        const { fontSize: size } = document.body.style;
        document.body.style.cssText = String(value ?? "");
        if (size) document.body.style.fontSize = size;
      },
      backgroundColor: (_node, value) => (document.documentElement.style.backgroundColor = String(value ?? "")),
      rootBackgroundColor: (_node, value) => (document.documentElement.style.backgroundColor = String(value ?? "")),
    },
  },
  "navigation-bar": {
    properties: {
      title: S,
      frontColor: S,
      backgroundColor: S,
      loading: B,
      colorAnimationDuration: N,
      colorAnimationTimingFunc: S,
    },
    changed: {
      title: (_node, value, phone) => phone.changeNavigationBar({ title: value }),
      frontColor: (_node, value, phone) => phone.changeNavigationBar({ text: value === "#000000" ? "black" : "white" }),
      backgroundColor: (_node, value, phone) => phone.changeNavigationBar({ background: value }),
    },
  },
  image: {
    properties: { src: S, mode: { type: S, value: "scaleToFill" }, lazyLoad: B, webp: B, showMenuByLongpress: B },
    data: { address: "" },
    changed: {
      // Paths in the package are absolute or relative to it; everything else is an address of its own.
      src: (node, value) =>
        node.setData({
          address: /^(?:https?:|data:)/.test(value) || !value ? value : `package/${String(value).replace(/^\//, "")}`,
        }),
    },
    methods: {
      onLoad() {
        const image = this.$$.querySelector("img");
        this.triggerEvent("load", { width: image?.naturalWidth, height: image?.naturalHeight });
      },
      onError() {
        this.triggerEvent("error", { errMsg: `GET ${String(this.data["src"])} 404 (Not Found)` });
      },
    },
  },
};
