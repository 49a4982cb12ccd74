import fs from "node:fs";
import path from "node:path";
import { TmplGroup } from "glass-easel-template-compiler";
import { BUILT_IN_TEMPLATES } from "./built-in-templates";
import { MODULE_PARAMETERS, type AppletComponent, type AppletPackage, type Subpackage } from "./package-format";
import { translateWxss } from "./stylesheet";

/** One complaint of glass-easel's compiler; lines count from 0. */
interface TemplateProblem {
  level: string;
  message: string;
  startLine: number;
  startColumn: number;
}

/** Tags of the template language itself. */
const LANGUAGE_TAGS = new Set(["block", "template", "import", "include", "wxs", "slot"]);

/**
 * A folder with a compiled applet as one script for the browser, its modules word for word. Throws, naming file and
 * line, where a phone would show nothing: broken templates, unknown tags, files that pages or imports miss.
 */
export function packageScript(folder: string): string {
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
  const read = (file: string) => fs.readFileSync(path.join(folder, file), "utf8");
  const withEnding = (ending: string) => files.filter((file) => file.endsWith(ending));
  const json = (file: string) => (files.includes(file) ? (JSON.parse(read(file)) as Record<string, unknown>) : {});

  const app = json("app.json") as unknown as AppletPackage["app"] & { usingComponents?: Record<string, string> };
  const subpackages = app.subpackages ?? app.subPackages ?? [];
  const pages = [...app.pages, ...subpackages.flatMap((own) => own.pages.map((name) => rootOf(own) + name))];
  const independentRoots = subpackages.filter(({ independent }) => independent).map(rootOf);
  for (const page of pages)
    for (const ending of [".js", ".wxml"])
      if (!files.includes(page + ending)) throw new Error(`app.json: the page ${page} has no ${page}${ending}`);

  const components: Record<string, AppletComponent> = {};
  const styles: Record<string, string> = files.includes("app.wxss") ? { app: translateWxss("app.wxss", read) } : {};
  for (const file of withEnding(".wxml")) {
    const name = file.slice(0, -".wxml".length);
    if (!files.includes(`${name}.js`)) continue;
    const own = json(`${name}.json`) as AppletComponent["config"];
    const config = { ...own, usingComponents: { ...app.usingComponents, ...own.usingComponents } };
    checkTags(file, read(file), config.usingComponents);
    const scope = config.component ? `c${Object.keys(components).length}` : undefined;
    components[name] = { config, handlers: handlersIn(read(file)), ...(scope === undefined ? {} : { scope }) };
    if (files.includes(`${name}.wxss`)) styles[name] = translateWxss(`${name}.wxss`, read, scope);
  }

  const templates = compileTemplates(
    withEnding(".wxml").map((file) => [file.slice(0, -".wxml".length), read(file)]),
    withEnding(".wxs").map((file) => [file.slice(0, -".wxs".length), read(file)]),
  );
  const builtInTemplates = compileTemplates(Object.entries(BUILT_IN_TEMPLATES), []);
  const modules = withEnding(".js").map(
    (file) => `${JSON.stringify(file)}:function(${MODULE_PARAMETERS.join(",")}){(function(){${read(file)}\n})()}`,
  );
  const data = { app, pages, independentRoots, theme: json("theme.json"), components, styles };
  return `window.appletPackage=Object.assign(${JSON.stringify(data)},{templates:${templates},builtInTemplates:${builtInTemplates},modules:{${modules.join(",\n")}}});`;
}

/** With the slash that app.json may leave out. */
function rootOf({ root }: Subpackage): string {
  return `${root.replace(/\/$/, "")}/`;
}

function compileTemplates(
  templates: readonly (readonly [string, string])[],
  scripts: readonly (readonly [string, string])[],
) {
  const group = new TmplGroup();
  for (const [name, source] of scripts) group.addScript(name, source);
  const problems = templates.flatMap(([name, source]) =>
    (group.addTmpl(name, source) as TemplateProblem[]).map(
      ({ level, message, startLine, startColumn }) =>
        `${name}.wxml:${startLine + 1}:${startColumn + 1}: ${level}: ${message}`,
    ),
  );
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return group.getTmplGenObjectGroups();
}

function checkTags(file: string, source: string, components: Record<string, string>): void {
  const withoutScripts = source.replace(/<!--[\s\S]*?-->|<wxs\b[^>]*>[\s\S]*?<\/wxs>/g, "");
  for (const [, tag = ""] of withoutScripts.matchAll(/<([a-zA-Z][\w-]*)/g))
    if (!Object.hasOwn(BUILT_IN_TEMPLATES, tag) && !Object.hasOwn(components, tag) && !LANGUAGE_TAGS.has(tag))
      throw new Error(`${file}: this phone has no <${tag}>`);
}

function handlersIn(source: string): string[] {
  const bindings = source.matchAll(/\s(?:capture-|mut-)?(?:bind|catch):?[\w-]+="([^"{]+)"/g);
  return [...new Set([...bindings].map(([, name]) => name ?? ""))];
}
