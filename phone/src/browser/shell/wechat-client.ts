import type { Device } from "../../device";
import type { PhoneSetup } from "../../setup";
import type { Entry, Note, PhoneSide } from "../bridge";
import { readUrl } from "../url";
import { AppletWindow } from "./applet-window";
import { backend } from "./backend";
import { launchApp, phoneNumber, type Capabilities } from "./capabilities";
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
  /** How often the applet came to the front. */
  #fronts = 0;

  constructor(around: Surroundings) {
    this.#around = around;
    this.window = new AppletWindow(() => this.hide());
    this.screens = new SystemScreens((isCovered) => this.window.cover(isCovered));
    this.#consent = new PrivacyConsent(around.device, () =>
      this.#answer(() => this.screens.askForConsent(around.setup.appletName)),
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
    return this.#behind(
      () => this.screens.lock(),
      () => undefined,
      "always",
    );
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
    this.#fronts += 1;
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

  /**
   * Shows one of WeChat's own screens, with whatever this phone tells the applet before and after it. `finish` makes the
   * applet's answer of the person's; the show comes before it or after.
   */
  async #behind<Shown, Answer>(
    show: () => Promise<Shown>,
    finish: (shown: Shown) => Answer | Promise<Answer>,
    hides: "asSet" | "always" = "asSet",
  ): Promise<Answer> {
    const { aroundScreens, answerOrder } = this.#around.device();
    const isTold = aroundScreens !== "nothing" || hides === "always";
    if (isTold && aroundScreens !== "show") this.#tellHidden();
    const fronts = this.#fronts;
    const tellShown = () => {
      if (!isTold || !this.#inFront || !this.#entry || fronts !== this.#fronts) return;
      this.#isHidden = false;
      this.window.applet?.warmStart(this.#entry, false);
    };
    const shown = await show();
    if (answerOrder === "showFirst") tellShown();
    const answer = await finish(shown);
    if (answerOrder === "answerFirst") window.setTimeout(tellShown);
    return answer;
  }

  #platform(): PhoneSide {
    const { setup, device, note, onAnswer } = this.#around;
    const capabilities: Capabilities = {
      setup,
      device,
      note,
      onAnswer,
      screens: this.screens,
      consent: this.#consent,
      mayLaunchApp: () => this.#mayLaunchApp,
      ask: (question) => this.#answer(question),
      behind: (show, finish) => this.#behind(show, finish),
      sheetWasShown: () => this.window.applet?.sheetWasShown(),
      hide: () => this.hide(),
      atNextFront: (run) => void this.#onNextFront.push(run),
    };
    return {
      appId: setup.appId,
      ext: setup.ext,
      device,
      note,
      loginCode: async () => (await backend.loginCode(device().person, setup.appId)).code,
      phoneNumber: () => phoneNumber(capabilities),
      launchApp: (parameter) => launchApp(capabilities, parameter),
      relay: (request) => backend.relay(request),
      setNavigationBar: (bar) => this.window.setBar(bar),
      toast: (title) => this.screens.toast(title),
      modal: (question) => this.screens.modal(question),
      needsPrivacyConsent: () => this.#consent.isMissing(),
      privacyConsent: () => this.#consent.obtain(),
      openPrivacyContract: () => {
        note({ kind: "system", name: "wx.openPrivacyContract" });
        void this.#over(() => this.screens.contract());
      },
      openCustomerService: () => {
        note({ kind: "system", name: "contact" });
        void this.#over(() => this.screens.customerService());
      },
      exit: () => this.hide(),
    };
  }

  /** A screen that answers nothing. */
  #over(show: () => Promise<void>): Promise<void> {
    return this.#behind(show, () => undefined);
  }

  #answer(ask: () => Promise<boolean>): Promise<boolean> {
    const { questions } = this.#around.device();
    return questions === "ask" ? ask() : Promise.resolve(questions === "allow");
  }
}

function entryOf({ path = "", scene, caller }: Opening, { dropsParameters, apiCategory }: Device): Entry {
  const { path: page, query } = readUrl(`/${path}`);
  const kept = dropsParameters ? Object.fromEntries(Object.entries(query).slice(0, 1)) : query;
  const referrer = caller === undefined ? {} : { referrerInfo: { appId: caller } };
  return { path: page, query: kept, scene, apiCategory, ...referrer };
}
