import type { AssociatedBackend, CodeSpace, Root } from "glass-easel-miniprogram-adapter";
import type { AppletPackage, PageConfig } from "../../package-format";
import type { NavigationBar, PhoneSide } from "../bridge";
import { runGuarded } from "./clock";
import type { Target } from "../url";
import type { OpenType, Route, RouteEvent } from "./route";
import type { createPageStyles } from "./page-styles";

/** What the applet's own code knows as a page. */
export interface PageInstance {
  route: string;
  options: Record<string, string>;
  data: Record<string, unknown>;
  onLoad?(query: Record<string, string>): void;
  onShow?(): void;
  onReady?(): void;
  onHide?(): void;
  onUnload?(): void;
}

interface OpenPage {
  root: Root;
  instance: PageInstance;
  bar: NavigationBar;
}

interface Parts {
  applet: AppletPackage;
  phone: PhoneSide;
  codeSpace: CodeSpace;
  backend: AssociatedBackend;
  styles: ReturnType<typeof createPageStyles>;
  /** Before a page is made: its package starts, its script runs. */
  prepare(path: string): void;
  /** wx.onBeforeAppRoute and its like. */
  announce(event: RouteEvent, route: Route): void;
  /** A path that no page has: App.onPageNotFound. */
  notFound(target: Target): void;
}

/** The pages that are open, the last one in front, and the life cycle that routes cause. */
export class PageStack {
  readonly #pages: OpenPage[] = [];
  /** Tab pages that are open and not in front; they live on. */
  readonly #tabs = new Map<string, OpenPage>();
  /** Of a page whose template is being made: its navigation-bar speaks before it is on the stack. */
  #barBeingMade: NavigationBar | undefined;
  #routes = 0;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get instances(): PageInstance[] {
    return this.#pages.map(({ instance }) => instance);
  }

  get front(): OpenPage | undefined {
    return this.#pages.at(-1);
  }

  exists(path: string): boolean {
    return this.#parts.applet.pages.includes(path);
  }

  isTab(path: string): boolean {
    return this.#parts.applet.app.tabBar?.list.some(({ pagePath }) => pagePath === path) ?? false;
  }

  navigateTo(target: Target): void {
    this.#route("navigateTo", target, () => this.#hideFront());
  }

  redirectTo(target: Target): void {
    this.#route("redirectTo", target, () => this.#pop());
  }

  /** Replaces every page; a launch of the applet does so too. */
  reLaunch(target: Target, openType: "appLaunch" | "autoReLaunch" | "reLaunch" = "reLaunch"): void {
    this.#route(openType, target, () => {
      while (this.#pages.length > 0) this.#pop();
      for (const [path, page] of this.#tabs) {
        this.#tabs.delete(path);
        this.#close(page);
      }
    });
  }

  switchTab(target: Target): void {
    if (this.front?.instance.route === target.path) return;
    this.#route("switchTab", target, () => {
      while (this.#pages.length > 1) this.#pop();
      const former = this.#pages[0];
      if (!former) return;
      if (this.isTab(former.instance.route)) {
        this.#hideFront();
        this.#tabs.set(former.instance.route, former);
        this.#pages.pop();
      } else this.#pop();
    });
  }

  navigateBack(delta: number): void {
    const back = this.#pages.at(-1 - Math.min(delta, this.#pages.length - 1));
    if (!back || back === this.front) return;
    this.#announced("navigateBack", { path: back.instance.route, query: back.instance.options }, () => {
      while (this.front !== back) this.#pop();
      this.#bringBack(back);
    });
  }

  show(): void {
    if (this.front) this.#call(this.front, "onShow");
  }

  hide(): void {
    if (this.front) this.#call(this.front, "onHide");
  }

  setBar(change: Partial<NavigationBar>): void {
    if (this.#barBeingMade) {
      Object.assign(this.#barBeingMade, change);
      return;
    }
    const { front } = this;
    if (!front) return;
    Object.assign(front.bar, change);
    this.#parts.phone.setNavigationBar(front.bar);
  }

  /** Colours that theme.json names are other ones now. */
  themeChanged(): void {
    for (const page of [...this.#pages, ...this.#tabs.values()]) {
      const { background, text } = this.#barOf(page.instance.route);
      page.bar = { ...page.bar, background, text };
    }
    if (this.front) this.#parts.phone.setNavigationBar(this.front.bar);
  }

  #route(openType: OpenType, target: Target, leave: () => void): void {
    this.#announced(openType, target, () => {
      leave();
      if (this.exists(target.path)) this.#parts.prepare(target.path);
      const tab = this.#tabs.get(target.path);
      if (!this.exists(target.path)) this.#parts.notFound(target);
      else if (tab) {
        this.#tabs.delete(target.path);
        this.#pages.push(tab);
        this.#bringBack(tab);
      } else this.#push(target);
    });
  }

  #announced(openType: OpenType, target: Target, run: () => void): void {
    this.#routes += 1;
    const route = { ...target, openType, routeEventId: String(this.#routes), notFound: !this.exists(target.path) };
    this.#parts.announce("BeforeAppRoute", route);
    run();
    this.#parts.announce("AppRoute", route);
    requestAnimationFrame(() => this.#parts.announce("AppRouteDone", route));
  }

  #push({ path, query }: Target): void {
    const bar = this.#barOf(path);
    this.#barBeingMade = bar;
    const root = this.#parts.backend.createRoot("wx-page", this.#parts.codeSpace, path);
    const instance = root.get() as unknown as PageInstance;
    instance.route = path;
    instance.options = query;
    this.#barBeingMade = undefined;
    const page = { root, instance, bar };
    this.#pages.push(page);
    this.#parts.styles.show(path);
    this.#parts.phone.setNavigationBar(page.bar);
    const place = document.createElement("span");
    document.body.append(place);
    this.#call(page, "onLoad", query);
    root.attach(document.body as never, place as never);
    this.#call(page, "onShow");
    requestAnimationFrame(() => {
      if (this.#pages.includes(page)) this.#call(page, "onReady");
    });
  }

  #bringBack(page: OpenPage): void {
    element(page).style.display = "";
    this.#parts.styles.show(page.instance.route);
    this.#parts.phone.setNavigationBar(page.bar);
    this.#call(page, "onShow");
  }

  #pop(): void {
    const page = this.#pages.pop();
    if (page) this.#close(page);
  }

  #close(page: OpenPage): void {
    this.#call(page, "onUnload");
    const gone = element(page);
    page.root.release();
    gone.remove();
    for (const styled of [document.documentElement, document.body]) styled.style.fontSize = "";
  }

  #hideFront(): void {
    if (!this.front) return;
    this.#call(this.front, "onHide");
    element(this.front).style.display = "none";
  }

  #call(page: OpenPage, name: "onLoad" | "onShow" | "onReady" | "onHide" | "onUnload", query?: Record<string, string>) {
    const handler = page.instance[name] as ((query?: Record<string, string>) => void) | undefined;
    this.#parts.phone.note({ kind: "life", name: `${page.instance.route} ${name}` });
    runGuarded(() => handler?.call(page.instance, query));
  }

  #barOf(path: string): NavigationBar {
    const { app, theme, components } = this.#parts.applet;
    const config: PageConfig = { ...app.window, ...components[path]?.config };
    const variables = theme[this.#parts.phone.device().theme] ?? {};
    const value = (text: string | undefined) => (text?.startsWith("@") ? variables[text.slice(1)] : text);
    return {
      title: value(config.navigationBarTitleText) ?? "",
      background: value(config.navigationBarBackgroundColor) ?? "#000000",
      text: value(config.navigationBarTextStyle) === "black" ? "black" : "white",
      custom: config.navigationStyle === "custom",
    };
  }
}

function element(page: OpenPage): HTMLElement {
  return page.root.getComponent().getBackendElement() as unknown as HTMLElement;
}
