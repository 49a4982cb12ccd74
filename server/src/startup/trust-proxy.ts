import { isIP } from "node:net";

/** How many proxies stand in front, or their addresses and ranges; false: none. */
export type TrustProxy = number | string[] | false;

/** More would be "everybody" by another name. */
const MOST_HOPS = 8;

export function readTrustProxy(text: string | undefined, problems: string[]): TrustProxy {
  if (text === undefined) return false;
  if (/^\d+$/.test(text) && Number(text) <= MOST_HOPS) return Number(text) === 0 ? false : Number(text);
  const ranges = text.split(",").map((range) => range.trim());
  if (ranges.every(isAddressRange)) return ranges;
  problems.push(
    `TRUST_PROXY must be a number of hops up to ${MOST_HOPS}, or addresses and CIDR ranges separated by commas`,
  );
  return false;
}

function isAddressRange(range: string): boolean {
  const [address = "", bits, ...rest] = range.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  // A range of nearly everybody would be "true" by another name. An IPv6 range that begins with zeros may hold all of IPv4
  // (::ffff:0:0/96).
  const [least, most] = version === 4 ? [8, 32] : [16, 128];
  const zeros = version === 6 && /^(:|0+:)/.test(address) && Number(bits) < 128;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= least && Number(bits) <= most && !zeros;
}
