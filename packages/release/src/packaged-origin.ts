import { originProblem } from "./auth-origin";
import type { Package } from "./job";

/**
 * Whether the package asks the server it was built for: the build could have passed the setting over, and ext.json
 * overrides it on the phone.
 */
export function packagedOriginProblems(files: Package, authOrigin: string): string[] {
  const problems: string[] = [];
  const scripts = Object.entries(files).filter(([name]) => name.endsWith(".js"));
  if (!scripts.some(([, content]) => content.includes(authOrigin))) {
    problems.push(`the build does not hold AUTH_ORIGIN ${authOrigin}`);
  }
  const overriding = extOrigin(files["ext.json"]);
  const problem = overriding === undefined ? null : originProblem(overriding);
  if (problem) problems.push(problem.replace("AUTH_ORIGIN", "ext.json's authOrigin"));
  return problems;
}

function extOrigin(file: Buffer | undefined): string | undefined {
  const { ext } = JSON.parse(file?.toString() ?? "{}") as { ext?: { authOrigin?: string } };
  return ext?.authOrigin;
}
