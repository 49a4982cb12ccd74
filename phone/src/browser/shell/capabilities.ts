import type { Device } from "../../device";
import { isLaunchAppFailure, isPhoneNumberFailure, LAUNCH_APP_FAILURES, PHONE_NUMBER_FAILURES } from "../../failures";
import type { PhoneSetup } from "../../setup";
import type { Note, Outcome } from "../bridge";
import { backend } from "./backend";
import type { PrivacyConsent } from "./privacy-consent";
import type { SystemScreens } from "./system-screens";

/** What the open-type buttons need of WeChat's client. */
export interface Capabilities {
  setup: PhoneSetup;
  device: () => Device;
  note: (note: Note) => void;
  onAnswer: (extMsg: string) => void;
  screens: SystemScreens;
  consent: PrivacyConsent;
  mayLaunchApp: () => boolean;
  /** Puts a question to the person, unless this phone answers for them. */
  ask: (question: () => Promise<boolean>) => Promise<boolean>;
  /** Shows a screen with what this phone tells the applet before and after it. */
  behind: <Shown, Answer>(
    show: () => Promise<Shown>,
    finish: (shown: Shown) => Answer | Promise<Answer>,
  ) => Promise<Answer>;
  sheetWasShown: () => void;
  hide: () => void;
  atNextFront: (run: () => void) => void;
}

/** A tap on a getPhoneNumber button; null: no event comes. */
export async function phoneNumber(client: Capabilities): Promise<Outcome<{ code: string }> | null> {
  const { device, setup, screens, consent } = client;
  const { phoneNumber: met, person: holder, numberOf } = device();
  const person = numberOf || holder;
  const told = (detail: string) => client.note({ kind: "system", name: "getPhoneNumber", detail });
  const fail = (failure: { errMsg: string; errno?: number }) => failed(failure, told);
  if (met === "noEvent") return null;
  if (isPhoneNumberFailure(met)) return fail(PHONE_NUMBER_FAILURES[met]);
  if (!(await consent.obtain())) return fail(PHONE_NUMBER_FAILURES.privacyRefused);
  const { masked, numbersLeft } = await backend.numberOf(person);
  if (numbersLeft <= 0) return fail(PHONE_NUMBER_FAILURES.quota);
  if (masked === null) return fail(PHONE_NUMBER_FAILURES.noPhoneBound);
  client.sheetWasShown();
  return client.behind(
    () => client.ask(() => screens.askForNumber(setup.appletName, masked)),
    async (isAllowed) => {
      const denial = device().platform === "android" ? "denyAndroid" : "denyIos";
      if (!isAllowed) return fail(PHONE_NUMBER_FAILURES[denial]);
      const { code } = await backend.phoneCode(person, setup.appId);
      told("ok");
      return { code };
    },
  );
}

/** A tap on a launchApp button; null: no event comes. */
export async function launchApp(
  client: Capabilities,
  parameter: string,
): Promise<Outcome<Record<string, never>> | null> {
  const { launchApp: met, asksBeforeApp } = client.device();
  const told = (detail: string) => client.note({ kind: "system", name: "launchApp", detail });
  const fail = (errMsg: string) => failed({ errMsg }, told);
  if (met === "noEvent") return null;
  if (isLaunchAppFailure(met)) return fail(LAUNCH_APP_FAILURES[met]);
  if (!client.mayLaunchApp()) return fail(LAUNCH_APP_FAILURES.invalidScene);
  const question = () => client.screens.askToOpen(client.setup.host.name);
  return client.behind(
    () => (asksBeforeApp ? client.ask(question) : Promise.resolve(true)),
    (isAllowed) => {
      if (!isAllowed && met !== "okThenDeclined") return fail(LAUNCH_APP_FAILURES.declined);
      told("ok");
      return handOver(client, met, parameter);
    },
  );
}

/** Success as this phone means it: which event comes, and when, says little of where the string and the person are. */
function handOver(
  { hide, onAnswer, atNextFront }: Capabilities,
  met: Exclude<Device["launchApp"], "noEvent">,
  parameter: string,
): Promise<Record<string, never>> | Record<string, never> | null {
  const leave = () => {
    hide();
    onAnswer(parameter);
  };
  switch (met) {
    case "okThenDeclined":
      return {};
    case "opensWithoutEvent":
      leave();
      return null;
    case "eventOnReturn":
      leave();
      return new Promise((done) => atNextFront(() => done({})));
    case "okButBehind":
      onAnswer(parameter);
      return {};
    default:
      // The applet hears of its success first.
      window.setTimeout(leave);
      return {};
  }
}

function failed(failure: { errMsg: string; errno?: number }, told: (detail: string) => void) {
  told(failure.errMsg.replace(/^\w+:/, ""));
  return { failed: failure };
}
