/** A compiled applet as the browser side of the phone gets it: `window.appletPackage`. */
export interface AppletPackage {
  app: AppConfig;
  /** Every page, those of subpackages too, the first one first. */
  pages: string[];
  /** Roots, with their slash, of subpackages that run without the main package. */
  independentRoots: string[];
  /** theme.json's variables: `@name` in app.json and page.json by light and dark. */
  theme: { light?: Record<string, string>; dark?: Record<string, string> };
  /** Pages and components by path. */
  components: Record<string, AppletComponent>;
  /** Stylesheets by path without `.wxss`; `app` is for all pages. Lengths are `rpx(n)` still. */
  styles: Record<string, string>;
  /** Compiled templates by path: functions of glass-easel's making. */
  templates: Record<string, unknown>;
  builtInTemplates: Record<string, unknown>;
  /** CommonJS modules by path with `.js`, as functions of `MODULE_PARAMETERS`. */
  modules: Record<string, (...parameters: unknown[]) => void>;
}

export interface AppConfig {
  pages: string[];
  subpackages?: Subpackage[];
  /** The same in another spelling, which WeChat takes as well. */
  subPackages?: Subpackage[];
  window?: PageConfig;
  tabBar?: TabBar;
  networkTimeout?: { request?: number };
  darkmode?: boolean;
}

export interface Subpackage {
  root: string;
  pages: string[];
  independent?: boolean;
}

export interface TabBar {
  color?: string;
  selectedColor?: string;
  backgroundColor?: string;
  list: { pagePath: string; text: string }[];
}

/** The keys of page.json and app.json's window that the phone acts on. */
export interface PageConfig {
  navigationBarTitleText?: string;
  navigationBarBackgroundColor?: string;
  navigationBarTextStyle?: string;
  navigationStyle?: "default" | "custom";
  backgroundColor?: string;
}

export interface AppletComponent {
  config: PageConfig & { component?: boolean; usingComponents?: Record<string, string> };
  /** Names of the methods its template binds events to. */
  handlers: string[];
  /** Class prefix of a component's own styles. */
  scope?: string;
}

/** What a module of the applet sees of the world; everything else of a browser is undefined, as in WeChat. */
export const MODULE_PARAMETERS = [
  "require",
  "module",
  "exports",
  "wx",
  "App",
  "Page",
  "Component",
  "Behavior",
  "getApp",
  "getCurrentPages",
  "Date",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "window",
  "document",
  "self",
  "globalThis",
  "top",
  "parent",
  "location",
  "navigator",
  "localStorage",
  "sessionStorage",
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "crypto",
  "TextEncoder",
  "TextDecoder",
  "URL",
  "URLSearchParams",
  "structuredClone",
  "requestAnimationFrame",
  "process",
  "Buffer",
] as const;
