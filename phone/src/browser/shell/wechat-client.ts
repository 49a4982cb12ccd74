import type { Device } from "../../device";
import { isPhoneNumberFailure, LAUNCH_APP_FAILURES, PHONE_NUMBER_FAILURES, isLaunchAppFailure } from "../../failures";
import type { PhoneSetup } from "../../setup";
import type { Entry, Note, Outcome, PhoneSide } from "../bridge";
import { AppletWindow } from "./applet-window";
import { backend } from "./backend";
import type { Opening } from "./phone-handle";
import { PrivacyConsent } from "./privacy-consent";
import { SystemScreens } from "./system-screens";

/** https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/launchApp.html */
const GIVES_LAUNCH_APP = 1069;
const KEEPS_LAUNCH_APP = new Set([1038, 1089, 1090, 1001, 1131, 1187]);

interface Surroundings {
  setup: PhoneSetup;
  device: () => Device;
  note: (note: Note) => void;
  /** The app was handed this string. */
  onAnswer: (extMsg: string) => void;
  /** Whether the applet is in front, or the app. */
  onFront: (isInFront: boolean) => void;
}

/** WeChat on this phone: it starts, hides and ends the applet, and answers what the applet asks of the platform. */
export class WechatClient {
  readonly window: AppletWindow;
  readonly screens: SystemScreens;
  readonly #around: Surroundings;
  readonly #consent: PrivacyConsent;
  #mayLaunchApp = false;
  #inFront = false;
  /** Whether the applet was told that it is hidden, by leaving WeChat or by a screen over it. */
  #isHidden = true;
  #entry: Entry | undefined;
  #onNextFront: (() => void)[] = [];

  constructor(around: Surroundings) {
    this.#around = around;
    this.window = new AppletWindow(() => this.hide());
    this.screens = new SystemScreens((isCovered) => {
      this.window.root.inert = isCovered;
      if (!isCovered && this.#inFront) this.window.focus();
    });
    this.#consent = new PrivacyConsent(around.device, () =>
      this.#answer(() => this.screens.askForConsent(this.window.title)),
    );
  }

  async open(opening: Opening): Promise<void> {
    if (opening.scene === GIVES_LAUNCH_APP) this.#mayLaunchApp = true;
    else if (!KEEPS_LAUNCH_APP.has(opening.scene)) this.#mayLaunchApp = false;
    await this.#front(entryOf(opening, this.#around.device()), opening.path !== undefined);
  }

  /** The applet goes to the background, the app comes back. */
  hide(): void {
    if (!this.#inFront) return;
    this.#inFront = false;
    this.window.root.hidden = true;
    this.screens.toast(null);
    this.#tellHidden();
    this.#around.onFront(false);
  }

  /** Back to the applet as it was left. Phones tell it the entry it had before. */
  comeBack(): void {
    if (this.#entry && this.window.applet) void this.#front(this.#entry, false);
  }

  /** The screen is off until the person unlocks it. */
  lock(): Promise<void> {
    return this.#behind(() => this.screens.lock(), "always");
  }

  /** The process is gone, as after half an hour in the background. */
  end(): void {
    this.#inFront = false;
    this.#isHidden = true;
    this.#onNextFront = [];
    this.window.root.hidden = true;
    this.screens.clear();
    this.window.end();
    this.#consent.forget();
    this.#around.onFront(false);
  }

  async #front(entry: Entry, withPath: boolean): Promise<void> {
    this.#entry = entry;
    this.#inFront = true;
    this.#isHidden = false;
    this.window.root.hidden = false;
    this.#around.onFront(true);
    if (this.window.applet) {
      this.window.applet.warmStart(entry, withPath);
      this.window.focus();
    } else await this.window.start(entry, this.#platform());
    for (const run of this.#onNextFront.splice(0)) run();
  }

  #tellHidden(): void {
    if (this.#isHidden) return;
    this.#isHidden = true;
    this.window.applet?.hide();
  }

  /** Shows one of WeChat's own screens, with whatever this phone tells the applet before and after it. */
  async #behind<Answer>(show: () => Promise<Answer>, hides: "asSet" | "always" = "asSet"): Promise<Answer> {
    const { aroundScreens, answerOrder } = this.#around.device();
    const isTold = aroundScreens !== "nothing" || hides === "always";
    if (isTold && aroundScreens !== "show") this.#tellHidden();
    const answer = await show();
    const tellShown = () => {
      if (!this.#inFront || !this.#entry) return;
      this.#isHidden = false;
      this.window.applet?.warmStart(this.#entry, false);
    };
    if (isTold && answerOrder === "showFirst") tellShown();
    else if (isTold) window.setTimeout(tellShown);
    return answer;
  }

  #platform(): PhoneSide {
    const { setup, device, note } = this.#around;
    return {
      appId: setup.appId,
      ext: setup.ext,
      device,
      note,
      loginCode: async () => (await backend.loginCode(device().person, setup.appId)).code,
      phoneNumber: () => this.#phoneNumber(),
      launchApp: (parameter) => this.#launchApp(parameter),
      relay: (request) => backend.relay(request),
      setNavigationBar: (bar) => this.window.setBar(bar),
      toast: (title) => this.screens.toast(title),
      modal: (question) => this.screens.modal(question),
      needsPrivacyConsent: () => this.#consent.isMissing(),
      privacyConsent: () => this.#consent.obtain(),
      openPrivacyContract: () => {
        note({ kind: "system", name: "wx.openPrivacyContract" });
        void this.#behind(() => this.screens.contract());
      },
      openCustomerService: () => {
        note({ kind: "system", name: "contact" });
        void this.#behind(() => this.screens.customerService());
      },
      exit: () => this.hide(),
    };
  }

  async #phoneNumber(): Promise<Outcome<{ code: string }> | null> {
    const { device, note } = this.#around;
    const { phoneNumber, person: holder, numberOf } = device();
    const person = numberOf || holder;
    const told = (detail: string) => note({ kind: "system", name: "getPhoneNumber", detail });
    const failed = (failure: { errMsg: string; errno?: number }) => this.#failed(failure, told);
    if (phoneNumber === "noEvent") return null;
    if (isPhoneNumberFailure(phoneNumber)) return failed(PHONE_NUMBER_FAILURES[phoneNumber]);
    if (!(await this.#consent.obtain())) return failed(PHONE_NUMBER_FAILURES.privacyRefused);
    const { masked, numbersLeft } = await backend.numberOf(person);
    if (numbersLeft <= 0) return failed(PHONE_NUMBER_FAILURES.quota);
    if (masked === null) return failed(PHONE_NUMBER_FAILURES.noPhoneBound);
    this.window.applet?.sheetWasShown();
    const isAllowed = await this.#behind(() =>
      this.#answer(() => this.screens.askForNumber(this.window.title, masked)),
    );
    const denial = device().platform === "android" ? PHONE_NUMBER_FAILURES.denyAndroid : PHONE_NUMBER_FAILURES.denyIos;
    if (!isAllowed) return failed(denial);
    const { code } = await backend.phoneCode(person, this.#around.setup.appId);
    told("ok");
    return { code };
  }

  async #launchApp(parameter: string): Promise<Outcome<Record<string, never>> | null> {
    const { device, note, setup, onAnswer } = this.#around;
    const { launchApp, asksBeforeApp } = device();
    const told = (detail: string) => note({ kind: "system", name: "launchApp", detail });
    const fail = (errMsg: string) => this.#failed({ errMsg }, told);
    if (launchApp === "noEvent") return null;
    if (isLaunchAppFailure(launchApp)) return fail(LAUNCH_APP_FAILURES[launchApp]);
    if (!this.#mayLaunchApp) return fail(LAUNCH_APP_FAILURES.invalidScene);
    const isAllowed = await this.#behind(() =>
      asksBeforeApp ? this.#answer(() => this.screens.askToOpen(setup.host.name)) : Promise.resolve(true),
    );
    if (launchApp === "okThenDeclined") {
      told("ok, nobody left");
      return {};
    }
    if (!isAllowed) return fail(LAUNCH_APP_FAILURES.declined);
    told("ok");
    const handOver = (leaves: boolean) => {
      if (leaves) this.hide();
      onAnswer(parameter);
    };
    if (launchApp === "eventOnReturn" || launchApp === "opensWithoutEvent") {
      handOver(true);
      if (launchApp === "opensWithoutEvent") return null;
      return new Promise((done) => {
        this.#onNextFront.push(() => done({}));
      });
    }
    // The applet hears of its success first.
    window.setTimeout(() => handOver(launchApp === "ok"));
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

function entryOf({ path = "", scene, caller }: Opening, { dropsParameters, apiCategory }: Device): Entry {
  const [page = "", search = ""] = path.replace(/^\//, "").split("?");
  const pairs = search.split("&").filter((pair) => pair !== "");
  const query = Object.fromEntries(
    (dropsParameters ? pairs.slice(0, 1) : pairs).map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  return {
    path: page,
    query,
    scene,
    apiCategory,
    ...(caller === undefined ? {} : { referrerInfo: { appId: caller } }),
  };
}
