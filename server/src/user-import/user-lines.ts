import type { Static } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { ImportedUser } from "../routes/admin-import";

export interface UserLines {
  users: Static<typeof ImportedUser>[];
  /** What is wrong with which line; never quotes it. */
  problems: string[];
}

/** Users as JSON lines (https://jsonlines.org), one on each; empty lines count for nothing. */
export async function readUserLines(lines: AsyncIterable<string>): Promise<UserLines> {
  const users: UserLines["users"] = [];
  const problems: string[] = [];
  const lineOf = new Map<string, number>();
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    const user = parsed(line);
    const problem = user === undefined ? "is not JSON" : problemOf(user);
    if (problem !== undefined) {
      problems.push(`line ${number} ${problem}`);
      continue;
    }
    const { phone } = user as UserLines["users"][number];
    const former = lineOf.get(phone);
    if (former === undefined) users.push(user as UserLines["users"][number]);
    else problems.push(`line ${number} has the phone of line ${former}`);
    lineOf.set(phone, number);
  }
  return { users, problems };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function problemOf(user: unknown): string | undefined {
  const [error] = Value.Errors(ImportedUser, user);
  if (!error) return undefined;
  const field = error.path.slice(1);
  if (!(field in ImportedUser.properties))
    return field === "" ? "is no object" : `has a field it should not have: ${field}`;
  if (field === "phone") return "needs a phone as E.164 with its +, no spaces: +8613800138000";
  return `has a ${field} that is no text, or too long`;
}
