import { MODULE_PARAMETERS, type AppletPackage } from "../../package-format";

/** Names a module sees beside `require`, `module` and `exports`. */
export type ModuleScope = Partial<Record<(typeof MODULE_PARAMETERS)[number], unknown>>;

/**
 * CommonJS as WeChat's: relative paths, each module once. `scope` holds what every module sees; names of
 * MODULE_PARAMETERS that it leaves out are undefined inside.
 */
export function createLoader(modules: AppletPackage["modules"], scope: ModuleScope) {
  const loaded = new Map<string, { exports: unknown }>();

  /** Runs `path` (with `.js`) unless it ran before; `extra` is seen by this module alone. */
  return function load(path: string, extra: ModuleScope = {}): unknown {
    const known = loaded.get(path);
    if (known) return known.exports;
    const run = modules[path];
    if (!run) throw new Error(`module '${path}' is not defined`);
    const module = { exports: {} as unknown };
    loaded.set(path, module);
    const require = (id: string) => load(resolve(path, id, modules));
    const visible: ModuleScope = { ...scope, ...extra, require, module, exports: module.exports };
    run(...MODULE_PARAMETERS.map((name) => visible[name]));
    return module.exports;
  };
}

function resolve(from: string, id: string, modules: AppletPackage["modules"]): string {
  const parts = id.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of id.split("/"))
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  const path = parts.join("/");
  return [path, `${path}.js`, `${path}/index.js`].find((candidate) => Object.hasOwn(modules, candidate)) ?? path;
}
