import * as glassEasel from "glass-easel";
import { MiniProgramEnv, type CodeSpace } from "glass-easel-miniprogram-adapter";
import { BUILT_IN_TEMPLATES, type BuiltIn } from "../../built-in-templates";
import type { AppletPackage } from "../../package-format";
import type { BuiltInNode, Surroundings } from "./built-in-node";
import { ARIA_ATTRIBUTES, BUILT_INS } from "./built-ins";
import { touchesOf } from "./events";

/** The DOM with WeChat's names for built-in tags: `wx-button`, and `html-*` for what is inside them. */
class PhoneBackend extends glassEasel.CurrentWindowBackendContext {
  override document = {
    createElement: (tag: string) => document.createElement(domTag(tag)) as never,
    createTextNode: (text: string) => document.createTextNode(text) as never,
    createDocumentFragment: () => document.createDocumentFragment() as never,
  };
}

function domTag(tag: string): string {
  if (tag.startsWith("html-")) return tag.slice("html-".length);
  return Object.hasOwn(BUILT_IN_TEMPLATES, tag) ? `wx-${tag}` : tag;
}

/** glass-easel, WeChat's own component framework, with the built-in components registered and events in WeChat's shape. */
export function createComponentSpace(applet: AppletPackage, phone: Surroundings) {
  const environment = new MiniProgramEnv();
  const codeSpace = environment.createCodeSpace("", true);
  keepPlainIds(codeSpace);
  const space = codeSpace.getComponentSpace();
  for (const name of Object.keys(BUILT_INS) as BuiltIn[])
    space.setGlobalUsingComponent(name, builtIn(space, name, applet, phone) as never);
  const backend = new PhoneBackend();
  backend.onEvent((target, type, detail, options) => {
    const extraFields = touchesOf((options as { originalEvent?: unknown }).originalEvent);
    glassEasel.triggerEvent(target, type, detail, extraFields ? { ...options, extraFields } : options);
  });
  return { codeSpace, backend: environment.associateBackend(backend) };
}

function builtIn(space: glassEasel.ComponentSpace, name: BuiltIn, applet: AppletPackage, phone: Surroundings) {
  const { properties, data, methods, changed, attached } = BUILT_INS[name];
  const aria = Object.fromEntries(Object.keys(ARIA_ATTRIBUTES).map((key) => [key, null]));
  const all: Record<string, unknown> = { hidden: Boolean, ...properties, ...aria };
  const observed = Object.entries(all).map(([key, kind]) => {
    const base = typeof kind === "object" && kind !== null ? kind : { type: kind };
    function observer(this: BuiltInNode, value: unknown) {
      reflect(this.$$, key, value);
      changed?.[key]?.(this, value, phone);
    }
    return [key, { ...base, observer }];
  });
  return space
    .define(`wx://${name}`)
    .template({ groupList: applet.builtInTemplates, content: applet.builtInTemplates[name] })
    .definition({
      properties: Object.fromEntries(observed) as never,
      data: data ?? {},
      methods: (methods ?? {}) as never,
      lifetimes: {
        attached(this: unknown) {
          const node = this as BuiltInNode;
          // Observers hear of changes only, not of values a property begins with.
          for (const key of Object.keys(all)) reflect(node.$$, key, node.data[key]);
          attached?.(node, phone);
        },
      },
    })
    .registerComponent();
}

/** A property as the attribute that styles, screen readers and tests find in the DOM: `openType` as `open-type`. */
function reflect(element: HTMLElement, key: string, value: unknown): void {
  if (key.startsWith("hover")) return;
  const aria = ARIA_ATTRIBUTES[key];
  const attribute = aria ?? key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (typeof value === "boolean" && aria === undefined) element.toggleAttribute(attribute, value);
  else if (typeof value === "boolean" || typeof value === "number" || (typeof value === "string" && value !== ""))
    element.setAttribute(attribute, String(value));
  // An empty aria-role leaves the component's own.
  else if (aria === undefined) element.removeAttribute(attribute);
}

/** A page's ids are plain in WeChat's DOM; the adapter would prefix them, and leave them out. */
function keepPlainIds(codeSpace: CodeSpace): void {
  type Prepared = [{ idPrefixGenerator: unknown; writeIdToDOM: boolean }, ...unknown[]];
  const open = codeSpace as unknown as { prepareComponentOptions: (...parameters: unknown[]) => Prepared };
  const prepare = open.prepareComponentOptions.bind(codeSpace);
  open.prepareComponentOptions = (...parameters) => {
    const prepared = prepare(...parameters);
    prepared[0].idPrefixGenerator = null;
    prepared[0].writeIdToDOM = true;
    return prepared;
  };
}
