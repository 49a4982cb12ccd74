import type { ImportRow } from "../api/admin";

export interface ReadRow {
  /** Counted from 1, as an editor does. */
  line: number;
  row: ImportRow;
  /** Why it cannot be imported. */
  problem?: "phone" | "nickname" | "photo" | "twice";
}

/** E.164: the plus, then up to fifteen digits. */
const PHONE = /^\+[1-9][0-9]{5,14}$/;
const CHINESE_PHONE = /^1[3-9][0-9]{9}$/;
const NICKNAME = /^\P{Cc}{0,64}$/u;
const PHOTO = /^(https:\/\/[\x21-\x7e]{1,500})?$/;

/** Reads lines of `phone, nickname, photo`. A first line without a number is a heading. */
export function readRows(text: string): ReadRow[] {
  const seen = new Set<string>();
  const rows: ReadRow[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === "") continue;
    const [phoneText = "", nickname = "", photo = ""] = cellsOf(line);
    if (rows.length === 0 && index === 0 && phoneText.replaceAll(/\D/g, "").length < 5) continue;
    const phone = normalPhone(phoneText);
    const problem = !PHONE.test(phone)
      ? "phone"
      : !NICKNAME.test(nickname)
        ? "nickname"
        : !PHOTO.test(photo)
          ? "photo"
          : seen.has(phone)
            ? "twice"
            : undefined;
    seen.add(phone);
    const row = { phone, ...(nickname !== "" && { nickname }), ...(photo !== "" && { photo }) };
    rows.push({ line: index + 1, row, ...(problem && { problem }) });
  }
  return rows;
}

function normalPhone(text: string): string {
  const bare = text.replaceAll(/[\s()-]/g, "");
  if (CHINESE_PHONE.test(bare)) return `+86${bare}`;
  return bare.startsWith("00") ? `+${bare.slice(2)}` : bare;
}

/** RFC 4180 within a line; what a sheet copies is separated by tabs. */
function cellsOf(line: string): string[] {
  if (line.includes("\t")) return line.split("\t").map((cell) => cell.trim());
  const cells = line.match(/("(?:[^"]|"")*"|[^,，;]*)(?:[,，;]|$)/g) ?? [];
  return cells.map((cell) =>
    cell
      .replace(/[,，;]$/, "")
      .trim()
      .replace(/^"([\s\S]*)"$/, (_, quoted: string) => quoted.replaceAll('""', '"')),
  );
}
