import type { CodeSpace } from "glass-easel-miniprogram-adapter";
import type { AppletPackage } from "../../package-format";
import { isLiveEvent, plainEvent } from "./events";
import type { createLoader } from "./module-loader";

type Definition = Record<string, unknown>;
type Define = (definition: Definition) => unknown;

interface Parts {
  applet: AppletPackage;
  codeSpace: CodeSpace;
  load: ReturnType<typeof createLoader>;
  /** Whether the scripts of pages run with their package, or each as its page is made. */
  runsPagesEarly: () => boolean;
  /** An applet's page called setData. */
  onSetData: () => void;
}

/** The scripts of an applet's pages and components, run once each, package by package. */
export function createPackages({ applet, codeSpace, load, runsPagesEarly, onSetData }: Parts) {
  const registered = new Set<string>();

  function register(path: string): void {
    if (registered.has(path)) return;
    registered.add(path);
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
        onSetData();
        setData(...parameters);
      };
      onLoad?.call(this, query);
    };
    return definition;
  }

  /** Root of the independent subpackage a page belongs to; undefined for the main package and what depends on it. */
  function independentRootOf(path: string): string | undefined {
    return applet.independentRoots.find((root) => path.startsWith(root));
  }

  return {
    independentRootOf,
    register,
    /** What runs before the first page of a package is made: components, and pages where phones do not wait. */
    registerPackage(root: string | undefined): void {
      for (const path of Object.keys(applet.components))
        if (independentRootOf(path) === root && (runsPagesEarly() || !applet.pages.includes(path))) register(path);
    },
  };
}
