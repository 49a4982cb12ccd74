import type { PhoneSide } from "../../bridge";

/** Where an applet leaves its diagnostics. Tests read the notes to see that nothing secret is among them. */
export function logCalls(phone: PhoneSide) {
  const logManager = (name: string) => {
    const write =
      (level: string) =>
      (...parameters: unknown[]) =>
        phone.note({
          kind: "system",
          name: `${name}.${level}`,
          detail: parameters.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" "),
        });
    return {
      debug: write("debug"),
      info: write("info"),
      log: write("log"),
      warn: write("warn"),
      error: write("error"),
      setFilterMsg: write("setFilterMsg"),
      addFilterMsg: write("addFilterMsg"),
      in: () => undefined,
      getCurrentState: () => ({ size: 0, maxSize: 5120, logCount: 0, maxLogCount: 200 }),
      tag: () => logManager(name),
    };
  };
  return {
    getRealtimeLogManager: () => logManager("realtimeLog"),
    getLogManager: () => logManager("log"),
    reportEvent: (name: string, data: unknown) =>
      phone.note({ kind: "system", name: "wx.reportEvent", detail: `${name} ${JSON.stringify(data)}` }),
    reportPerformance: () => undefined,
  };
}
