/** Kept as long as the applet's frame lives. */
export function storageCalls() {
  const kept = new Map<string, string>();
  return {
    getStorageSync: (key: string): unknown => {
      const text = kept.get(key);
      return text === undefined ? "" : JSON.parse(text);
    },
    setStorageSync: (key: string, value: unknown) => void kept.set(key, JSON.stringify(value)),
    removeStorageSync: (key: string) => void kept.delete(key),
    clearStorageSync: () => kept.clear(),
  };
}
