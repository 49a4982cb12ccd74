import type { Device } from "../../device";
import type { AppletPackage } from "../../package-format";
import type { AppletSide, Entry, PhoneSide } from "../bridge";
import { AppletClock } from "./clock";
import { createComponentSpace } from "./component-space";
import { isLiveEvent, plainEvent } from "./events";
import { createLoader } from "./module-loader";
import { createPageStyles } from "./page-styles";
import { PageStack, type Target } from "./page-stack";
import { createWx } from "./wx/wx";

/** What an applet gives to App(). */
interface AppOptions {
  onLaunch?(entry: Entry): void;
  onShow?(entry: Entry): void;
  onHide?(): void;
  onError?(message: string): void;
  onUnhandledRejection?(result: { reason: unknown; promise?: Promise<unknown> }): void;
  onPageNotFound?(result: Target & { isEntryPage: boolean }): void;
  onThemeChange?(result: { theme: string }): void;
}

type Definition = Record<string, unknown>;
type Define = (definition: Definition) => unknown;

/** Runs a compiled applet, word for word, in this frame: modules, App, pages and their life cycle as WeChat has them. */
export function runApplet(applet: AppletPackage, phone: PhoneSide): AppletSide {
  const clock = new AppletClock();
  const { codeSpace, backend } = createComponentSpace(applet, {
    ...phone,
    changeNavigationBar: (change) => pages.setBar(change),
  });
  const styles = createPageStyles(applet, phone);
  const pages: PageStack = new PageStack({ applet, phone, codeSpace, backend, styles, notFound });
  let app: AppOptions | undefined;
  let launchEntry: Entry;
  let enterEntry: Entry;
  let setDataCount = 0;

  const { wx, emit } = createWx({
    applet,
    phone,
    pages,
    entries: { launch: () => launchEntry, enter: () => enterEntry },
  });
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

  function register(path: string): void {
    const { config, scope } = applet.components[path]!;
    if (scope !== undefined) codeSpace.addStyleSheet(path, undefined, scope);
    codeSpace.addComponentStaticConfig(path, config);
    codeSpace.addCompiledTemplate(path, { groupList: applet.templates, content: applet.templates[path] } as never);
    codeSpace.componentEnv(path, (environment) => {
      const page: Define = environment.Page;
      const component: Define = environment.Component;
      load(`${path}.js`, {
        Page: (definition: Definition) => page(counted(withPlainEvents(path, definition, definition))),
        Component: (definition: Definition) => {
          const methods = (definition["methods"] ??= {}) as Definition;
          withPlainEvents(path, definition, methods);
          return component(definition);
        },
        Behavior: environment.Behavior,
      });
    });
  }

  /** Every handler the template names must be there, and gets plain events. */
  function withPlainEvents(path: string, definition: Definition, methods: Definition): Definition {
    for (const name of applet.components[path]?.handlers ?? []) {
      const handler = methods[name];
      if (typeof handler !== "function")
        throw new Error(`${path}.wxml: there is no method "${name}" to handle an event`);
      methods[name] = function handle(this: unknown, event: unknown, ...rest: unknown[]) {
        return handler.call(this, isLiveEvent(event) ? plainEvent(event) : event, ...rest) as unknown;
      };
    }
    return definition;
  }

  /** Tests hold an applet to one setData per change of state. */
  function counted(definition: Definition): Definition {
    const onLoad = definition["onLoad"] as ((query: unknown) => void) | undefined;
    definition["onLoad"] = function countingLoad(
      this: { setData: (...parameters: unknown[]) => void },
      query: unknown,
    ) {
      const setData = this.setData.bind(this);
      this.setData = (...parameters) => {
        setDataCount += 1;
        setData(...parameters);
      };
      onLoad?.call(this, query);
    };
    return definition;
  }

  function notFound({ path, query }: Target): void {
    phone.note({ kind: "life", name: "App.onPageNotFound", detail: path });
    const result = { path, query, isEntryPage: pages.front === undefined };
    if (app?.onPageNotFound) app.onPageNotFound(result);
    emit("PageNotFound", result);
    // WeChat shows its own page then; the applet's author should have caught it.
    if (!pages.front) throw new Error(`There is no page ${path}, and onPageNotFound did not open another`);
  }

  function enter(entry: Entry): void {
    enterEntry = entry;
    phone.note({ kind: "life", name: "App.onShow", detail: `scene ${entry.scene}` });
    app?.onShow?.(structuredClone(entry));
    emit("AppShow", structuredClone(entry));
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
      launchEntry = entry;
      enterEntry = entry;
      load("app.js");
      for (const path of Object.keys(applet.components)) register(path);
      phone.note({ kind: "life", name: "App.onLaunch", detail: `scene ${entry.scene}` });
      app?.onLaunch?.(structuredClone(entry));
      enter(entry);
      pages.reLaunch({ path: entry.path, query: { ...entry.query } });
    },
    warmStart(entry, withPath) {
      clock.foreground();
      enter(entry);
      if (withPath) pages.reLaunch({ path: entry.path, query: { ...entry.query } });
      else pages.show();
    },
    hide() {
      pages.hide();
      phone.note({ kind: "life", name: "App.onHide" });
      app?.onHide?.();
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
