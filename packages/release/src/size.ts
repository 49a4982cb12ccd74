import * as path from "node:path";
import { compile } from "./official-tool";
import { excesses, measure, table } from "./package-size";

/** `node size.js [dist]`: what upload would send of a built applet, file by file; fails when it is over budget. */
async function main(dist = "dist"): Promise<string[]> {
  const outcome = await compile({ dist: path.resolve(dist) });
  if (outcome.kind === "failed") return [`WeChat's compiler refuses ${dist}: ${outcome.message}`];
  const size = measure(outcome);
  console.log(table(size));
  return excesses(size);
}

async function entry(): Promise<void> {
  const problems = await main(process.argv[2]);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

void entry();
