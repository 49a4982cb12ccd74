import type { Device } from "../../device";
import type { AppletPackage } from "../../package-format";
import { readUrl, type Target } from "../url";
import type { AppletSide, Entry, PhoneSide } from "../bridge";
import type { Client } from "./built-in-node";
import { AppletClock, runGuarded } from "./clock";
import { createComponentSpace } from "./component-space";
import { entryAsTold, type Entries } from "./entries";
import { createLoader } from "./module-loader";
import { createPackages } from "./packages";
import { createPageStyles } from "./page-styles";
import { PageStack } from "./page-stack";
import { createTabBar } from "./tab-bar";
import { createWx } from "./wx/wx";

/** What an applet gives to App(). */
interface AppOptions {
  onLaunch?(entry: unknown): void;
  onShow?(entry: unknown): void;
  onHide?(): void;
  onError?(message: string): void;
  onUnhandledRejection?(result: { reason: unknown; promise?: Promise<unknown> }): void;
  onPageNotFound?(result: Target & { isEntryPage: boolean }): void;
  onThemeChange?(result: { theme: string }): void;
}

type Definition = Record<string, unknown>;

/** Runs a compiled applet, word for word, in this frame: modules, App, pages and their life cycle as WeChat has them. */
export function runApplet(applet: AppletPackage, phone: PhoneSide): AppletSide {
  const clock = new AppletClock();
  const client: Client = { ...phone, clock };
  const { codeSpace, backend } = createComponentSpace(applet, {
    ...client,
    changeNavigationBar: (change) => pages.setBar(change),
    navigateTo: (url) => pages.navigateTo(readUrl(url, pages.front?.instance.route)),
  });
  const tabBar = applet.app.tabBar && createTabBar(applet.app.tabBar, (path) => pages.switchTab({ path, query: {} }));
  const styles = createPageStyles(applet, phone, (page) => tabBar?.show(page));
  const pages: PageStack = new PageStack({
    applet,
    phone,
    codeSpace,
    backend,
    styles,
    notFound,
    prepare,
    announce: (event, route) => emit(event, { ...structuredClone(route), renderer: "webview", timeStamp: Date.now() }),
  });
  const entries = {} as Entries;
  /** What App() was given; undefined until the main package runs. */
  let app: AppOptions | undefined;
  let mainPackageRuns = false;
  let sheetWasShown = false;
  let setDataCount = 0;

  const { wx, emit } = createWx({ applet, client, pages, entries });
  const load = createLoader(applet.modules, {
    wx,
    App: (options: AppOptions) => void (app = options),
    Page: outside("Page"),
    Component: outside("Component"),
    Behavior: (definition: Definition) => codeSpace.behavior().definition(definition).register(),
    getApp: () => app,
    getCurrentPages: () => pages.instances,
    Date: clock.Date,
    setTimeout: clock.setTimeout,
    clearTimeout: clock.clear,
    setInterval: clock.setInterval,
    clearInterval: clock.clear,
  });

  const packages = createPackages({
    applet,
    codeSpace,
    load,
    runsPagesEarly: () => phone.device().pageScripts === "early",
    onSetData: () => void (setDataCount += 1),
  });

  /** The main package, at the first page that needs it. An independent subpackage's page does not. */
  function startMainPackage(): void {
    if (mainPackageRuns) return;
    mainPackageRuns = true;
    load("app.js");
    packages.registerPackage(undefined);
    phone.note({ kind: "life", name: "App.onLaunch", detail: `scene ${entries.launch.scene}` });
    runGuarded(() => app?.onLaunch?.(entryAsTold(entries.launch, phone.device(), "event")));
    tellApp();
  }

  function startPackageOf(path: string): void {
    const root = packages.independentRootOf(path);
    if (root === undefined) startMainPackage();
    else packages.registerPackage(root);
  }

  function prepare(path: string): void {
    startPackageOf(path);
    packages.register(path);
  }

  function notFound({ path, query }: Target): void {
    phone.note({ kind: "life", name: "App.onPageNotFound", detail: path });
    const result = { path, query, isEntryPage: pages.front === undefined };
    if (app?.onPageNotFound) app.onPageNotFound(result);
    emit("PageNotFound", result);
    // WeChat shows its own page then; the applet's author should have caught it.
    if (!pages.front) throw new Error(`There is no page ${path}, and onPageNotFound did not open another`);
  }

  function tellApp(): void {
    phone.note({ kind: "life", name: "App.onShow", detail: `scene ${entries.enter.scene}` });
    runGuarded(() => app?.onShow?.(entryAsTold(entries.enter, phone.device(), "event")));
  }

  function tellShown(): void {
    if (mainPackageRuns) tellApp();
    emit("AppShow", entryAsTold(entries.enter, phone.device(), "event"));
  }

  /** Some clients stop telling an applet that it is in front again. */
  function tellsShown(): boolean {
    const { showEvents } = phone.device();
    return showEvents === "fire" || (showEvents === "stopAfterSheet" && !sheetWasShown);
  }

  /** A launch of an applet that is alive: the pages are replaced, on slow phones after a while. */
  function relaunch({ path, query }: Entry): void {
    const { relaunchDelay, formerPageShows } = phone.device();
    const route = () => pages.reLaunch({ path, query: { ...query } }, "autoReLaunch");
    if (relaunchDelay <= 0) route();
    else {
      if (formerPageShows) pages.show();
      clock.later(relaunchDelay, route);
    }
  }

  reportErrors({
    error: (message) => {
      app?.onError?.(message);
      emit("Error", { message });
    },
    rejection: (reason) => {
      app?.onUnhandledRejection?.({ reason });
      emit("UnhandledRejection", { reason });
    },
  });

  return {
    coldStart(entry) {
      phone.note({ kind: "life", name: "start" });
      const path = entry.path || applet.pages[0]!;
      Object.assign(entries, { launch: entry, enter: entry } satisfies Entries);
      startPackageOf(path);
      emit("AppShow", entryAsTold(entry, phone.device(), "event"));
      pages.reLaunch({ path, query: { ...entry.query } }, "appLaunch");
    },
    warmStart(entry, withPath) {
      const { onReturn, warmOrder } = phone.device();
      entries.enter = entry;
      const resume = () => clock.foreground(onReturn === "answersFirst" ? "answers" : "timers");
      if (onReturn !== "showFirst") resume();
      if (withPath && warmOrder === "loadFirst") relaunch(entry);
      if (tellsShown()) {
        tellShown();
        if (!withPath) pages.show();
      }
      if (withPath && warmOrder === "showFirst") relaunch(entry);
      if (onReturn === "showFirst") resume();
    },
    sheetWasShown: () => void (sheetWasShown = true),
    hide() {
      pages.hide();
      phone.note({ kind: "life", name: "App.onHide" });
      runGuarded(() => app?.onHide?.());
      emit("AppHide", {});
      clock.background();
    },
    deviceChanged(before: Device) {
      styles.render();
      const device = phone.device();
      if (device.theme !== before.theme) {
        pages.themeChanged();
        app?.onThemeChange?.({ theme: device.theme });
        emit("ThemeChange", { theme: device.theme });
      }
      if (device.network !== before.network) {
        const isConnected = device.network !== "offline";
        emit("NetworkStatusChange", { isConnected, networkType: isConnected ? "wifi" : "none" });
      }
      if (device.weakNet !== before.weakNet)
        emit("NetworkWeakChange", { weakNet: device.weakNet, networkType: "wifi" });
    },
    setClockBack: (milliseconds) => clock.setWallClock(-milliseconds),
    passTime: (milliseconds) => clock.passTime(milliseconds),
    page() {
      const instance = pages.front?.instance;
      return instance && { route: instance.route, data: structuredClone(instance.data), setDataCount };
    },
  };
}

function outside(name: string) {
  return () => {
    throw new Error(`${name}() belongs into a ${name.toLowerCase()}'s own file`);
  };
}

/** Errors reach the applet's own listeners, and stay on the console: tests fail on them. */
function reportErrors(report: { error(message: string): void; rejection(reason: unknown): void }): void {
  window.addEventListener("error", ({ message }) => report.error(message));
  window.addEventListener("unhandledrejection", ({ reason }) => report.rejection(reason));
}
