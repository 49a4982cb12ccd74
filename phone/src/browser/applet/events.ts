import type { Element as Node, ShadowedEvent } from "glass-easel";

/** Any event glass-easel hands to a listener. */
export type LiveEvent = ShadowedEvent<unknown> & { touches?: unknown; changedTouches?: unknown };

/** WeChat's handlers get plain objects, not live nodes: https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxml/event.html */
export function plainEvent(event: LiveEvent): Record<string, unknown> {
  const { type, timeStamp, detail, mark } = event;
  const touches = event.touches ? { touches: event.touches, changedTouches: event.changedTouches } : {};
  return {
    type,
    timeStamp,
    detail,
    mark: mark ?? {},
    target: plainNode(event.target),
    currentTarget: plainNode(event.currentTarget),
    ...touches,
  };
}

export function isLiveEvent(value: unknown): value is LiveEvent {
  return typeof value === "object" && value !== null && "currentTarget" in value && "detail" in value;
}

function plainNode(target: unknown): Record<string, unknown> {
  // What a handler is given is the component itself or, for its methods' caller, a wrapper with the component in _$.
  // oxlint-disable-next-line no-underscore-dangle -- the adapter's own name for what it wraps
  const node = ((target as { _$?: Node })._$ ?? target) as Node;
  const element = node.$$ as unknown as HTMLElement | null;
  return {
    id: node.id,
    dataset: { ...(node.dataset as object) },
    offsetLeft: element?.offsetLeft ?? 0,
    offsetTop: element?.offsetTop ?? 0,
  };
}

/** The touches of the DOM event below a glass-easel event, if there was one. */
export function touchesOf(original: unknown): Record<string, unknown> | undefined {
  if (!(original instanceof UIEvent)) return undefined;
  const points = "changedTouches" in original ? [...(original as TouchEvent).changedTouches] : [original as MouseEvent];
  const touches = points.map((point) => ({
    identifier: "identifier" in point ? point.identifier : 0,
    clientX: point.clientX,
    clientY: point.clientY,
    pageX: point.pageX,
    pageY: point.pageY,
  }));
  return { touches, changedTouches: touches };
}
