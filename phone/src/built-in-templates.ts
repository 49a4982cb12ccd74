/**
 * The inside of each built-in component the phone has, in glass-easel's template language, where `html-*` is a real
 * HTML element. How they behave is in `browser/applet/built-ins.ts`, how they look in `browser/applet/built-ins.css`.
 */
export const BUILT_IN_TEMPLATES = {
  view: "<slot/>",
  text: "<slot/>",
  button: "<slot/>",
  label: "<slot/>",
  navigator: "<slot/>",
  "scroll-view": "<slot/>",
  "page-meta": "<slot/>",
  "navigation-bar": "",
  image: '<html-img src="{{address}}" alt="{{ariaLabel}}" catch:load="onLoad" catch:error="onError"/>',
  // `catch`, or the raw DOM event would reach the applet's bindinput too.
  input:
    '<html-input type="{{htmlType}}" value="{{value}}" placeholder="{{placeholder}}" maxlength="{{maxlength}}" disabled="{{disabled}}" catch:input="onInput" catch:focus="onFocus" catch:blur="onBlur" catch:change="onConfirm"/>',
  checkbox: '<html-span class="box"></html-span><slot/>',
  "checkbox-group": "<slot/>",
} as const;

export type BuiltIn = keyof typeof BUILT_IN_TEMPLATES;
