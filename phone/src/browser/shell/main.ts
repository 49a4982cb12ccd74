import { HostApp } from "@app2wxapp/browser-host/app";
import { deviceFrom, type Device } from "../../device";
import type { Note } from "../bridge";
import { backend } from "./backend";
import { element } from "./dom";
import { SettingsPanel } from "./settings-panel";
import { Timeline } from "./timeline";
import { WechatClient } from "./wechat-client";
import { speak, word } from "./words";
import "@app2wxapp/browser-host/app.css";
import "./shell.css";

async function openPhone(): Promise<void> {
  const setup = await backend.setup();
  let device = deviceFrom(new URLSearchParams(location.search));
  const notes: (Note & { at: number })[] = [];
  const returned: string[] = [];
  const timeline = new Timeline();
  backend.onRequest((entry) => timeline.add(entry));

  const note = (entry: Note) => {
    notes.push({ ...entry, at: performance.timeOrigin + performance.now() });
    if (isForReaders(entry)) timeline.add(entry);
  };
  const wechat = new WechatClient({
    setup,
    device: () => device,
    note,
    onLeave: (extMsg) => {
      if (extMsg !== null) returned.push(extMsg);
      void host.onAnswer(extMsg);
    },
  });
  const host = new HostApp({
    setup: setup.host,
    wantsPhone: () => device.getPhone,
    openApplet: (path) => wechat.open({ path, scene: 1069, caller: setup.host.appId }),
    signIn: (ticket, codeVerifier) => backend.signIn(ticket, codeVerifier),
    language: () => device.language,
  });
  const restart = () => {
    wechat.end();
    host.reset();
    timeline.clear();
  };
  const panel = new SettingsPanel({ setup, device: () => device, set, restart });

  const screen = element(
    "div",
    { class: "screen" },
    host.root,
    wechat.window.root,
    element(
      "div",
      { class: "status-bar", attributes: { "aria-hidden": "true" } },
      element("span", { text: "9:41" }),
      element("i"),
    ),
    wechat.screens.root,
    element("div", { class: "home-indicator", attributes: { "aria-hidden": "true" } }),
  );
  document.body.append(
    panel.root,
    element("main", { class: "stage" }, element("div", { class: "frame" }, screen)),
    timeline.root,
  );

  function set(change: Partial<Device>): void {
    const before = device;
    device = { ...device, ...change };
    if (device.wechatLatency !== before.wechatLatency) void backend.setWechatLatency(device.wechatLatency);
    show();
    wechat.window.applet?.deviceChanged(before);
    if (device.person !== before.person) restart();
  }

  function show(): void {
    speak(device.language);
    document.documentElement.lang = device.language === "en" ? "en" : "zh-Hans";
    document.title = word("title");
    screen.style.width = `${device.screenWidth}px`;
    screen.style.height = `${device.screenHeight}px`;
    screen.dataset["theme"] = device.theme;
    screen.style.setProperty("--safe-area-bottom", `${device.safeAreaBottom}px`);
    wechat.window.speak();
    host.render();
    panel.render();
    timeline.speak();
  }

  if (device.wechatLatency > 0) await backend.setWechatLatency(device.wechatLatency);
  show();
  window.phone = {
    device: () => device,
    set,
    notes,
    returned,
    open: (opening) => wechat.open(opening),
    hide: () => wechat.hide(),
    restart,
    end: () => wechat.end(),
    passTime: (milliseconds) => wechat.window.applet?.passTime(milliseconds),
    setClockBack: (milliseconds) => wechat.window.applet?.setClockBack(milliseconds),
    page: () => wechat.window.applet?.page(),
  };
}

/** A request that was answered is in the list already, and neither life cycle nor logs say much to a newcomer. */
function isForReaders({ kind, name, detail = "" }: Note): boolean {
  if (name === "wx.request") return !/ \d{3}$/.test(detail);
  return kind !== "life" && !name.startsWith("realtimeLog") && name !== "wx.reportEvent";
}

void openPhone();
