import fs from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { SETTINGS } from "../../phone/src/device";

const DOCS = path.resolve(__dirname, "../../docs");

test.each(["phone.md", "phone.zh.md"])(
  "%s has every setting of the phone, its values, and where phones are said to do so",
  (file) => {
    const rows = fs.readFileSync(path.join(DOCS, file), "utf8").split("\n");
    const wrong = Object.entries(SETTINGS).flatMap(([name, { choices = [], fact = "" }]) => {
      const row = rows.find((line) => line.startsWith(`| \`${name}\` `)) ?? "";
      return [...choices.map((choice) => `\`${String(choice)}\``), fact]
        .filter((said) => !row.includes(said))
        .map((said) => `${name}: ${said}`);
    });
    expect(wrong).toEqual([]);
    const named = rows.flatMap((line) => /^\| `(\w+)` /.exec(line)?.[1] ?? []);
    expect(named.toSorted()).toEqual(Object.keys(SETTINGS).toSorted());
  },
);
