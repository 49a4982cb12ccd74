import { HostApp } from "@app2wxapp/browser-host/app";
import { html, render } from "lit-html";
import { NEW_DEVICE, type Device } from "../../device";
import { deviceFrom, queryOf } from "../../device-query";
import type { Note } from "../bridge";
import { backend } from "./backend";
import { askOtherPool, OTHER_POOL_NAMES, playing } from "./other-pool";
import { SettingsPanel } from "./settings-panel";
import { screenOfWindow, Stage } from "./stage";
import { Timeline } from "./timeline";
import { WechatClient } from "./wechat-client";
import { languageOf, speak, words } from "./words";
import "@app2wxapp/browser-host/app.css";
import "./shell.css";

async function openPhone(): Promise<void> {
  const base = { ...NEW_DEVICE, ...screenOfWindow(), language: languageOf(navigator.languages) };
  const query = [...new URLSearchParams(location.search)];
  const asked = deviceFrom(
    query.filter(([name]) => !OTHER_POOL_NAMES.includes(name)),
    base,
  );
  speak(asked.device.language);
  const other = await askOtherPool(new URLSearchParams(location.search));
  const setup = playing(await backend.setup(), other);
  let { device } = asked;
  const notes: (Note & { at: number })[] = [];
  const returned: string[] = [];
  const timeline = new Timeline();
  backend.onRequest((entry) => timeline.add(entry));

  const wechat = new WechatClient({
    setup,
    device: () => device,
    note: (entry) => {
      notes.push({ ...entry, at: performance.timeOrigin + performance.now() });
      if (isForReaders(entry)) timeline.add(entry);
    },
    onAnswer: (extMsg) => {
      returned.push(extMsg);
      host.onAnswer(extMsg);
    },
    onFront: (isAppletInFront) => {
      host.root.inert = isAppletInFront;
      if (!isAppletInFront) host.onForeground();
    },
  });
  const host = new HostApp({
    setup: setup.host,
    wantsPhone: () => device.getPhone,
    openApplet: (path) => wechat.open({ path, scene: 1069, caller: setup.host.appId }),
    signIn: (ticket, codeVerifier) => backend.signIn(ticket, codeVerifier, other),
    language: () => device.language,
  });
  const restart = () => {
    wechat.end();
    host.reset();
    timeline.clear();
  };
  const comeBack = (awayMs = 0) => {
    wechat.hide();
    wechat.window.applet?.passTime(awayMs);
    wechat.comeBack();
  };
  const lock = () => wechat.lock();
  const panel = new SettingsPanel({
    setup,
    device: () => device,
    set: (change) => void set(change),
    actions: { restart, comeBack: () => comeBack(), lock: () => void lock() },
  });

  const screen = document.createElement("div");
  screen.className = "screen";
  render(
    html`
      ${host.root}${wechat.window.root}
      <div class="status-bar" aria-hidden="true"><span>9:41</span><i></i></div>
      ${wechat.screens.root}
      <div class="home-indicator" aria-hidden="true"></div>
    `,
    screen,
  );
  const stage = new Stage(screen);
  document.body.append(panel.root, stage.root, timeline.root);

  async function set(change: Partial<Device>): Promise<void> {
    const before = device;
    device = { ...device, ...change };
    const changed = new URLSearchParams(query.filter(([name]) => OTHER_POOL_NAMES.includes(name)));
    for (const [name, text] of new URLSearchParams(queryOf(device))) changed.set(name, text);
    history.replaceState(null, "", changed.size === 0 ? location.pathname : `?${changed}`);
    show();
    wechat.window.applet?.deviceChanged(before);
    if (device.person !== before.person) restart();
    await backend.setConditions(device);
  }

  function show(): void {
    speak(device.language);
    document.documentElement.lang = { zh_CN: "zh-Hans", zh_TW: "zh-Hant", en: "en" }[device.language];
    document.title = words().title;
    stage.render(device, asked.problems);
    wechat.window.render();
    host.render();
    panel.render();
    timeline.render();
  }

  await backend.setConditions(device);
  show();
  window.phone = {
    device: () => device,
    set,
    notes,
    returned,
    open: (opening) => wechat.open(opening),
    hide: () => wechat.hide(),
    comeBack,
    lock,
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
