import { say } from "../messages/words";
import { formatReturn, type ReturnCode } from "../protocol/return-string";
import { isCodeMode } from "./code-mode";
import type { Credential } from "./credential";
import type { Visit } from "./visit";

/** The string in a launchApp button: with a credential the login, without one a refusal or a failure. */
export function answer(visit: Visit, code: ReturnCode, credential?: Credential): string {
  // Authing's Guard reads JSON with both codes, and takes an empty string for no answer.
  codeMode: if (isCodeMode(visit)) return credential ? JSON.stringify(credential.codes) : "";
  const { language, launch } = visit;
  return formatReturn({
    code,
    message: say(language, `${code}`),
    ticket: credential && credential.ticket,
    state: launch.state,
  });
}
