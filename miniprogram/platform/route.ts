/**
 * Shows another page in place of this one; in `onPageNotFound` it must be called synchronously. The query is as it came:
 * its values are still encoded.
 */
export function replacePage(path: string, query: Readonly<Record<string, string | undefined>> = {}): void {
  const pairs = Object.entries(query).map(([name, value = ""]) => `${name}=${value}`);
  const url = `/${path}?${pairs.join("&")}`;
  wx.redirectTo({ url, fail: () => wx.reLaunch({ url }) });
}
