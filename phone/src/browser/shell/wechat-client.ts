import { LAUNCH_APP_FAILURES, PHONE_NUMBER_FAILURES, type Device } from "../../device";
import type { PhoneSetup } from "../../setup";
import type { Entry, Note, Outcome, PhoneSide } from "../bridge";
import { AppletWindow } from "./applet-window";
import { backend } from "./backend";
import type { Opening } from "./phone-handle";
import { SystemScreens } from "./system-screens";

/** https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/launchApp.html */
const GIVES_LAUNCH_APP = 1069;
const KEEPS_LAUNCH_APP = new Set([1038, 1089, 1090, 1001, 1131, 1187]);

interface Surroundings {
  setup: PhoneSetup;
  device: () => Device;
  note: (note: Note) => void;
  /** The applet left the front; with the string that launchApp handed over, if that is why. */
  onLeave: (extMsg: string | null) => void;
}

/** WeChat on this phone: it starts, hides and ends the applet, and answers what the applet asks of the platform. */
export class WechatClient {
  readonly window: AppletWindow;
  readonly screens = new SystemScreens();
  readonly #around: Surroundings;
  #mayLaunchApp = false;
  #inFront = false;

  constructor(around: Surroundings) {
    this.#around = around;
    this.window = new AppletWindow(() => this.leave(null));
  }

  get inFront(): boolean {
    return this.#inFront;
  }

  async open(opening: Opening): Promise<void> {
    const { applet } = this.window;
    const entry = this.#entry(opening);
    if (opening.scene === GIVES_LAUNCH_APP) this.#mayLaunchApp = true;
    else if (!KEEPS_LAUNCH_APP.has(opening.scene)) this.#mayLaunchApp = false;
    this.#inFront = true;
    this.window.root.hidden = false;
    if (applet) applet.warmStart(entry, opening.path !== undefined);
    else await this.window.start(entry, this.#platform());
  }

  /** The applet goes to the background, the app comes back. */
  leave(extMsg: string | null): void {
    if (!this.#inFront) return;
    this.hide();
    this.#around.onLeave(extMsg);
  }

  hide(): void {
    this.#inFront = false;
    this.window.root.hidden = true;
    this.screens.toast(null);
    this.window.applet?.hide();
  }

  /** The process is gone, as after half an hour in the background. */
  end(): void {
    this.#inFront = false;
    this.window.root.hidden = true;
    this.screens.clear();
    this.window.end();
  }

  #entry({ path = "", scene, caller }: Opening): Entry {
    const { dropsParameters, referrer, apiCategory } = this.#around.device();
    const [page = "", search = ""] = path.replace(/^\//, "").split("?");
    const pairs = search.split("&").filter((pair) => pair !== "");
    const query = Object.fromEntries(
      (dropsParameters ? pairs.slice(0, 1) : pairs).map((pair) => {
        const at = pair.indexOf("=");
        return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
      }),
    );
    const referrerInfo = caller !== undefined && referrer === "present" ? { referrerInfo: { appId: caller } } : {};
    return { path: page, query, scene, apiCategory, ...referrerInfo };
  }

  #platform(): PhoneSide {
    const { setup, device, note } = this.#around;
    return {
      appId: setup.appId,
      ext: setup.ext,
      device,
      note,
      loginCode: async () => (await backend.loginCode(device().person)).code,
      phoneNumber: () => this.#phoneNumber(),
      launchApp: (parameter) => this.#launchApp(parameter),
      relay: (request) => backend.relay(request),
      setNavigationBar: (bar) => this.window.setBar(bar),
      toast: (title) => this.screens.toast(title),
      modal: (question) => this.screens.modal(question),
      openPrivacyContract: () => {
        note({ kind: "system", name: "wx.openPrivacyContract" });
        void this.screens.contract();
      },
      exit: () => this.leave(null),
    };
  }

  async #phoneNumber(): Promise<Outcome<{ code: string }> | null> {
    const { device, note } = this.#around;
    const { phoneNumber, person: holder, numberOf } = device();
    const person = numberOf || holder;
    const told = (detail: string) => note({ kind: "system", name: "getPhoneNumber", detail });
    if (phoneNumber === "noEvent") return null;
    if (phoneNumber !== "ok") return this.#failed(PHONE_NUMBER_FAILURES[phoneNumber], told);
    const { masked } = await backend.maskedNumber(person);
    if (masked === null) return this.#failed(PHONE_NUMBER_FAILURES.noPhoneBound, told);
    const allowed = await this.#answer(() => this.screens.askForNumber(this.window.title, masked));
    const denial = device().platform === "android" ? PHONE_NUMBER_FAILURES.denyAndroid : PHONE_NUMBER_FAILURES.denyIos;
    if (!allowed) return this.#failed(denial, told);
    const { code } = await backend.phoneCode(person);
    if (code === undefined) return this.#failed(PHONE_NUMBER_FAILURES.noPhoneBound, told);
    told("ok");
    return { code };
  }

  async #launchApp(parameter: string): Promise<Outcome<Record<string, never>> | null> {
    const { device, note, setup } = this.#around;
    const { launchApp, asksBeforeApp } = device();
    const told = (detail: string) => note({ kind: "system", name: "launchApp", detail });
    const fail = (errMsg: string) => this.#failed({ errMsg }, told);
    if (launchApp === "noEvent") return null;
    if (launchApp !== "ok") return fail(LAUNCH_APP_FAILURES[launchApp]);
    if (!this.#mayLaunchApp) return fail(LAUNCH_APP_FAILURES.invalidScene);
    if (asksBeforeApp && !(await this.#answer(() => this.screens.askToOpen(setup.host.name))))
      return fail(LAUNCH_APP_FAILURES.declined);
    told("ok");
    // The applet hears of its success first.
    window.setTimeout(() => this.leave(parameter));
    return {};
  }

  #failed(failed: { errMsg: string; errno?: number }, told: (detail: string) => void) {
    told(failed.errMsg.replace(/^\w+:/, ""));
    return { failed };
  }

  #answer(ask: () => Promise<boolean>): Promise<boolean> {
    const { questions } = this.#around.device();
    return questions === "ask" ? ask() : Promise.resolve(questions === "allow");
  }
}
