import { say } from "../messages/words";
import { formatReturn, type ReturnCode } from "../protocol/return-string";
import { isCodeMode } from "./code-mode";
import type { Proof } from "./proof";
import type { Visit } from "./visit";

/** The string in a launchApp button: with a proof the login, without one a refusal or a failure. */
export function answer(visit: Visit, code: ReturnCode, proof?: Proof): string {
  // Authing's Guard reads JSON with both codes, and takes an empty string for no answer.
  codeMode: if (isCodeMode(visit)) return proof ? JSON.stringify(proof.codes) : "";
  const { language, launch } = visit;
  return formatReturn({ code, message: say(language, `${code}`), ticket: proof && proof.ticket, state: launch.state });
}
