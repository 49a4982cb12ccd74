import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";

const ROOT = path.resolve(__dirname, "../..");

/** A page's skeleton: its headings' levels and the code blocks a reader copies from. */
function skeleton(file: string): { levels: number[]; commands: string[]; firstColumns: string[] } {
  const text = fs.readFileSync(path.join(ROOT, file), "utf8");
  const prose = text.replace(/^ *```[\s\S]*?^ *```$/gm, "");
  return {
    levels: [...prose.matchAll(/^(#+) /gm)].map(([, marks]) => marks!.length),
    commands: [...text.matchAll(/^ *```\w+\n([\s\S]*?)^ *```$/gm)].map(([, block]) => block!),
    firstColumns: [...prose.matchAll(/^\| (`[^|]+`) \|/gm)].map(([, cell]) => cell!),
  };
}

describe("a page and its twin in the other language", () => {
  test.each([
    ["README.md", "README.en.md"],
    ["docs/contract.zh.md", "docs/contract.md"],
    ["docs/openid-connect.zh.md", "docs/openid-connect.md"],
    ["docs/from-authing.zh.md", "docs/from-authing.md"],
    ["docs/server.zh.md", "docs/server.md"],
    ["docs/console.zh.md", "docs/console.md"],
    ["docs/embedding.zh.md", "docs/embedding.md"],
    ["docs/phone.zh.md", "docs/phone.md"],
    ["packages/launch/README.md", "packages/launch/README.en.md"],
    ["packages/wechat/README.md", "packages/wechat/README.en.md"],
  ])("%s and %s have the same headings, the same commands and the same tables", (chinese, english) => {
    const page = skeleton(chinese);
    expect(page.commands.length).toBeGreaterThan(2);
    expect(skeleton(english)).toEqual(page);
  });

  test.each(["README.md", "README.en.md"])("%s names only scripts and files that exist", (file) => {
    const text = fs.readFileSync(path.join(ROOT, file), "utf8");
    const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as { scripts: object };
    const named = [...text.matchAll(/npm (?:run )?([a-z][\w:]*)/g)]
      .map(([, name]) => name!)
      .filter((name) => name !== "ci");
    expect(named).not.toHaveLength(0);
    for (const name of named) expect(scripts).toHaveProperty([name]);
    const links = [...text.matchAll(/\]\(([^):#]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!);
    for (const link of links) expect(fs.existsSync(path.join(ROOT, link)) ? link : `missing: ${link}`).toBe(link);
    const places = [...text.matchAll(/^\| `([\w/]+\/)` \|/gm)].map(([, place]) => place!);
    for (const place of places) expect(fs.existsSync(path.join(ROOT, place)) ? place : `missing: ${place}`).toBe(place);
  });
});
