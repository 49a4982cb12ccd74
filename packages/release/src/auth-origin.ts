import * as net from "node:net";

const RULES = "https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html";

/**
 * Why phones could not reach this auth server, or null when nothing speaks against it. WeChat lets a mini program ask
 * only listed domains: https, a name instead of an address, and a port that matches the list exactly, where even an
 * explicit `:443` fails.
 */
export function originProblem(origin: string | undefined): string | null {
  if (!origin) return "AUTH_ORIGIN is missing: the address of your auth server, such as https://login.example.com";
  if (origin.includes("@")) return "AUTH_ORIGIN must not hold a name or a password";
  const refuse = (why: string) => `AUTH_ORIGIN ${origin} ${why} (${RULES})`;
  if (!URL.canParse(origin)) return refuse("is not an address");
  const { protocol, hostname, origin: plain } = new URL(origin);
  if (isLoopback(hostname)) return refuse("is this computer; no phone can reach it");
  if (protocol !== "https:") return refuse("is not https");
  if (net.isIP(hostname.replace(/^\[|\]$/g, ""))) return refuse("is an IP address; WeChat lists names only");
  if (!hostname.includes(".")) return refuse("has no registered domain");
  if (hostname === "api.weixin.qq.com") return refuse("is WeChat's own server, which mini programs must not ask");
  // Not `port` of the parsed address, which hides the port that https has anyway.
  if (/^https:\/\/[^/]*:\d*(\/|$)/i.test(origin)) return refuse("has a port; leave it out, :443 too");
  if (origin !== plain) return refuse(`is more than scheme and name, or not in lower case: ${plain}`);
  return null;
}

function isLoopback(hostname: string): boolean {
  return /(^|\.)localhost\.?$|^127\.|^\[::1\]$|^0\.0\.0\.0$|^\[::\]$/.test(hostname);
}
