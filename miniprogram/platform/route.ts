/** Shows another page in place of this one; in `onPageNotFound` it must be called synchronously. */
export function replacePage(path: string, query: Readonly<Record<string, string | undefined>>): void {
  const pairs = Object.entries(query).map(([name, value = ""]) => `${name}=${encodeURIComponent(value)}`);
  const url = `/${path}?${pairs.join("&")}`;
  wx.redirectTo({ url, fail: () => wx.reLaunch({ url }) });
}
