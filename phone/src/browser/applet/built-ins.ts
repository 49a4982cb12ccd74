import type { BuiltIn } from "../../built-in-templates";
import type { NavigationBar, PhoneSide } from "../bridge";
import { openCapability } from "./open-capabilities";

/** What built-ins act on. */
export interface Surroundings extends PhoneSide {
  /** Of the page in front, or the one being made. */
  changeNavigationBar(change: Partial<NavigationBar>): void;
}

/** A built-in's node, as much of glass-easel's component as its behaviour needs. */
export interface BuiltInNode {
  readonly data: Record<string, any>;
  readonly $$: HTMLElement;
  setData(data: Record<string, unknown>): void;
  triggerEvent(name: string, detail?: unknown, options?: { bubbles?: boolean; composed?: boolean }): void;
  addListener(name: string, listener: (event: unknown) => void): void;
}

export interface BuiltInDefinition {
  properties: Record<string, unknown>;
  data?: Record<string, unknown>;
  methods?: Record<string, (this: BuiltInNode, event?: unknown) => void>;
  /** Runs when a property got a value, the first one too. */
  changed?: Record<string, (node: BuiltInNode, value: any, phone: Surroundings) => void>;
  attached?: (node: BuiltInNode, phone: Surroundings) => void;
}

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
  label: {
    properties: { for: S },
    attached: (node) =>
      node.addListener("tap", () => {
        const target = node.data["for"]
          ? document.getElementById(String(node.data["for"]))
          : node.$$.querySelector("wx-checkbox,wx-input input");
        target?.dispatchEvent(new CustomEvent("labelled"));
      }),
  },
  navigator: {
    properties: { target: S, openType: { type: S, value: "navigate" }, url: S, hoverClass: S, delta: N },
    attached: (node, phone) => {
      hover(node);
      pressable(node, "link");
      node.addListener("tap", () => {
        if (node.data["target"] === "miniProgram" && node.data["openType"] === "exit") phone.exit();
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
    attached: (node) => pressableScroll(node),
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
  input: {
    properties: {
      value: S,
      type: { type: S, value: "text" },
      password: B,
      placeholder: S,
      placeholderClass: S,
      placeholderStyle: S,
      disabled: B,
      maxlength: { type: N, value: 140 },
      focus: B,
      name: S,
      confirmType: S,
    },
    data: { htmlType: "text" },
    changed: {
      type: (node, value) => node.setData({ htmlType: { number: "tel", digit: "tel" }[String(value)] ?? "text" }),
      password: (node, value) => value && node.setData({ htmlType: "password" }),
    },
    methods: {
      onInput() {
        const value = this.$$.querySelector("input")?.value ?? "";
        this.setData({ value });
        this.triggerEvent("input", { value, cursor: value.length, keyCode: 0 });
      },
      onFocus() {
        this.triggerEvent("focus", { value: this.data["value"] as unknown, height: 0 });
      },
      onBlur() {
        this.triggerEvent("blur", { value: this.data["value"] as unknown });
      },
      onConfirm() {
        this.triggerEvent("confirm", { value: this.data["value"] as unknown });
      },
    },
  },
  checkbox: {
    properties: { value: S, checked: B, disabled: B, color: S },
    changed: { checked: (node, value) => node.$$.setAttribute("aria-checked", String(Boolean(value))) },
    attached: (node) => {
      pressable(node, "checkbox");
      const toggle = () => {
        if (node.data["disabled"]) return;
        node.setData({ checked: !node.data["checked"] });
        const group = node.$$.closest("wx-checkbox-group");
        group?.dispatchEvent(new CustomEvent("toggled"));
      };
      node.addListener("tap", toggle);
      node.$$.addEventListener("labelled", toggle);
    },
  },
  "checkbox-group": {
    properties: { name: S },
    attached: (node) =>
      node.$$.addEventListener("toggled", () => {
        const ticked = node.$$.querySelectorAll("wx-checkbox[aria-checked=true]");
        node.triggerEvent("change", { value: [...ticked].map((box) => box.getAttribute("value") ?? "") });
      }),
  },
};

/** WeChat's standard size is 16 px, larger text a multiple of it. */
export function systemFontSize(phone: PhoneSide): number {
  return 16 * phone.device().textScale;
}

function fontSize(value: string | undefined): string {
  return value === "system" ? "var(--system-font-size)" : (value ?? "");
}

/** A finger on it shows, and lifts. */
function hover(node: BuiltInNode): void {
  const element = node.$$;
  const name = () => String(node.data["hoverClass"] || "none");
  const set = (on: boolean) => {
    if (name() !== "none" && !node.data["disabled"]) element.classList.toggle(name(), on);
  };
  element.addEventListener("pointerdown", () => set(true));
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) element.addEventListener(end, () => set(false));
}

/** The keyboard and screen readers reach it: a plain role unless the applet names one. */
function pressable(node: BuiltInNode, role: string): void {
  const element = node.$$;
  if (!element.hasAttribute("role")) element.setAttribute("role", role);
  element.tabIndex = 0;
  element.addEventListener("keydown", (event) => {
    if (event.target !== element || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    node.triggerEvent("tap", { x: 0, y: 0 }, { bubbles: true, composed: true });
  });
}

function pressableScroll(node: BuiltInNode): void {
  node.$$.style.overflowX = node.data["scrollX"] ? "auto" : "hidden";
  node.$$.style.overflowY = node.data["scrollY"] ? "auto" : "hidden";
  node.$$.tabIndex = 0;
  node.$$.addEventListener("scroll", () =>
    node.triggerEvent("scroll", { scrollTop: node.$$.scrollTop, scrollLeft: node.$$.scrollLeft }),
  );
}
