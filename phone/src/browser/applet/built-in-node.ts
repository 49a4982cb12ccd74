import type { NavigationBar, PhoneSide } from "../bridge";
import type { AppletClock } from "./clock";

/** WeChat's client as the applet's own frame has it. */
export interface Client extends PhoneSide {
  readonly clock: AppletClock;
}

/** What built-ins act on. */
export interface Surroundings extends Client {
  /** Of the page in front, or the one being made. */
  changeNavigationBar(change: Partial<NavigationBar>): void;
  navigateTo(url: string): void;
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
