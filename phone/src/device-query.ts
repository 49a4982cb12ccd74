import { NEW_DEVICE, SETTINGS, type Device } from "./device";

/** What is wrong with a page's address, in words for whoever typed it. */
export interface QueryProblem {
  name: string;
  text: string;
  problem: "unknown" | "notNumber" | "notBoolean" | "notChoice";
}

/**
 * A device as the query of the phone's page describes it, `?theme=dark&textScale=1.4`, on top of `base`. What it does
 * not understand is left out and named.
 */
export function deviceFrom(
  query: Iterable<[string, string]>,
  base: Device = NEW_DEVICE,
): { device: Device; problems: QueryProblem[] } {
  const device: Record<string, unknown> = { ...base };
  const problems: QueryProblem[] = [];
  for (const [name, text] of query) {
    const value = Object.hasOwn(SETTINGS, name) ? read(name as keyof Device, text) : { problem: "unknown" as const };
    if (typeof value === "object") problems.push({ name, text, ...value });
    else device[name] = value;
  }
  return { device: device as unknown as Device, problems };
}

/** The query that `deviceFrom` reads as this device: what differs from a new one. */
export function queryOf(device: Device): string {
  const changed = Object.entries(device).filter(([name, value]) => value !== NEW_DEVICE[name as keyof Device]);
  return new URLSearchParams(changed.map(([name, value]) => [name, String(value)] as [string, string])).toString();
}

function read(name: keyof Device, text: string): string | number | boolean | Pick<QueryProblem, "problem"> {
  const { initial, choices } = SETTINGS[name];
  switch (typeof initial) {
    case "number":
      return text === "" || Number.isNaN(Number(text)) ? { problem: "notNumber" } : Number(text);
    case "boolean":
      return text === "true" || text === "false" ? text === "true" : { problem: "notBoolean" };
    default:
      return choices && !choices.includes(text) ? { problem: "notChoice" } : text;
  }
}
