import type { BuiltInDefinition } from "./built-in-node";
import { pressable } from "./touch";

const S = String;
const B = Boolean;
const N = Number;

/** Built-ins that take an answer. */
export const FORM_CONTROLS: Record<"label" | "input" | "checkbox" | "checkbox-group", BuiltInDefinition> = {
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
