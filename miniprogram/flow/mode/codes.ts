import { codesCredential, isPhoneFresh } from "../credential";
import type { Visit } from "../visit";
import type { Mode } from "./mode";

/**
 * The app gets the raw codes and calls Authing's cloud with them; no server of ours takes part, and a phone number is
 * always part of the answer. Raw codes go to whoever launched, so only an app on the build's own list may launch, and
 * nothing is in the button before the person confirmed.
 */
export const CODES: Mode = {
  hasServer: false,
  isHeldBack: true,
  refuses(visit) {
    if (!visit.callerAppId) return "app.caller_missing";
    return callerOf(visit) ? undefined : "app.not_allowed";
  },
  begin(visit, login) {
    const caller = callerOf(visit);
    const { operatorName: name } = visit.config;
    return {
      handle: "",
      expiresAt: Infinity,
      pool: { name, logo: null, caller: caller ? caller.name : null, agreements: [] },
      user: null,
      needs: ["phone"],
      phoneOptional: false,
      isAgreed: false,
      login,
    };
  },
  complete: (login, phone) => login && phone && codesCredential(login, phone),
  renewal: (_visit, _attempt, phone, at) => (phone && isPhoneFresh(phone, at) ? { type: "logIn" } : undefined),
  // Authing's Guard reads JSON with both codes, and takes an empty string for no answer.
  answer: (_visit, _code, credential) => (credential ? JSON.stringify(credential.codes) : ""),
};

function callerOf({ config, callerAppId }: Visit) {
  return config.codeModeCallers.find(({ appId }) => appId === callerAppId);
}
