export interface Target {
  path: string;
  query: Record<string, string>;
}

/** A url of navigateTo and its like. Values reach onLoad undecoded, as on phones. */
export function readUrl(url: string, from = ""): Target {
  const [address = "", search = ""] = url.split("?");
  const base = address.startsWith("/") ? [] : from.split("/").slice(0, -1);
  const path = new URL([...base, address.replace(/^\/+/, "")].join("/"), "http://applet.invalid/").pathname.slice(1);
  const pairs = search.split("&").filter((pair) => pair !== "");
  return { path, query: Object.fromEntries(pairs.map((pair) => splitPair(pair))) };
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf("=");
  return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
}
