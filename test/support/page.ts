import path from "node:path";
import { jest } from "@jest/globals";
import * as simulate from "miniprogram-simulate";

/** `miniprogram` or `dist`; the jest project says which. One root in a test file: wcc's tables are global. */
declare const miniprogramRoot: string;
export const ROOT = path.resolve(__dirname, "../..", miniprogramRoot);

type Query = Record<string, string | undefined>;
type Handler = (this: unknown, ...args: unknown[]) => unknown;

/** What the tests use of a simulated node; the package's own types leave much of it out. */
export interface Node {
  readonly dom: HTMLElement;
  readonly data: Record<string, unknown>;
  readonly instance: Record<string, Handler>;
  querySelector(selector: string): Node | undefined;
  querySelectorAll(selector: string): Node[];
  dispatchEvent(name: string, options?: { detail?: unknown }): void;
  toJSON(): { attrs: { name: string; value: unknown }[]; event: Record<string, { handler: string }> };
  attach(parent: HTMLElement): void;
}

interface AppDefinition {
  onShow(options: object): void;
  onHide(): void;
  onPageNotFound(options: object): void;
}

const globals = globalThis as unknown as {
  wx: Record<string, unknown>;
  App: (definition: AppDefinition) => void;
  getApp: () => AppDefinition;
  Page: (definition: Record<string, unknown>) => void;
  Component: (definition: object) => void;
};

const { warn } = console;
/** Passes over the simulator's hint, at every rendering, that a list has no key: what these lists hold has nothing of the kind. */
console.warn = (...words: unknown[]) => {
  if (!/^WXMLRT_.* you can provide attr `wx:key`/.test(String(words[0]))) warn(...words);
};

/** Gives the simulator the Page constructor it lacks: a component whose methods are the page's. */
globals.Page = ({ data, ...methods }) => globals.Component({ data, methods });

/** Reads the app's script as WeChat does, afresh, with these capabilities of the platform. */
export function startApp(apis: Record<string, unknown>): AppDefinition {
  jest.resetModules(); // the simulator cannot run a file twice within one registry of modules
  Object.assign(globals.wx, apis);
  let app: AppDefinition | undefined;
  globals.App = (definition) => (app = definition);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the app's script runs anew for each test
  require(path.join(ROOT, "app"));
  if (!app) throw new Error("the script has no App");
  const started = app;
  globals.getApp = () => started;
  return started;
}

/** Makes the page and attaches it, as after App.onShow. */
export function openPage(query: Query = {}): Node {
  const page = simulate.render(
    simulate.load(path.join(ROOT, "routes/explore"), "page", { rootPath: ROOT }),
  ) as unknown as Node;
  page.instance["onLoad"]?.(query);
  document.body.replaceChildren();
  page.attach(document.body);
  return page;
}

export function find(page: Node, selector: string): Node {
  const node = page.querySelector(selector);
  if (!node) throw new Error(`no node matches ${selector}`);
  return node;
}

/** What a built-in tag was given; it is not in the DOM, and wcc camel-cases the names. */
export function attributes(node: Node): Record<string, unknown> {
  return Object.fromEntries(node.toJSON().attrs.map(({ name, value }) => [name, value]));
}

/** Fires an event as the client would; events are dispatched in a microtask. */
export async function fire(node: Node, name: string, detail: unknown = {}): Promise<void> {
  node.dispatchEvent(name, { detail });
  await simulate.sleep(0);
}

/** Until whatever was answered at once has been shown. */
export async function settled(): Promise<void> {
  await simulate.sleep(0);
  await simulate.sleep(0);
}
