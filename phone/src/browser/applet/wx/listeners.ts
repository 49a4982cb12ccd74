import { runGuarded } from "../clock";

type Listener = (result: any) => void;

/** The wx.on… and wx.off… pairs the phone has. */
const EVENTS = [
  "AppShow",
  "AppHide",
  "BeforeAppRoute",
  "AppRoute",
  "AppRouteDone",
  "NetworkStatusChange",
  "NetworkWeakChange",
  "ThemeChange",
  "WindowResize",
  "Error",
  "UnhandledRejection",
  "PageNotFound",
  "MemoryWarning",
  "UserCaptureScreen",
] as const;
export type ListenedEvent = (typeof EVENTS)[number];

export function createListeners() {
  const listeners = new Map<ListenedEvent, Set<Listener>>(EVENTS.map((event) => [event, new Set()]));
  const pairs = EVENTS.flatMap((event) => [
    [`on${event}`, (listener: Listener) => void listeners.get(event)?.add(listener)],
    [
      `off${event}`,
      (listener?: Listener) => {
        if (listener) listeners.get(event)?.delete(listener);
        else listeners.get(event)?.clear();
      },
    ],
  ]);
  return {
    calls: Object.fromEntries(pairs) as Record<string, (listener: Listener) => void>,
    emit(event: ListenedEvent, result: unknown): void {
      for (const listener of listeners.get(event) ?? []) runGuarded(() => listener(result));
    },
  };
}
