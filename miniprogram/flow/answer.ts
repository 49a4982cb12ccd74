import type { Words } from "../messages/words";
import { formatReturn, type ReturnCode } from "../protocol/return-string";
import type { LaunchAction } from "./event";
import { isCircumstance } from "./phone-answer";
import { returnCodeOf } from "./problem";
import type { Confirming, State } from "./state";

/** The code that a launchApp button of this state hands to the app; `undefined` where there is no such button. */
export function codeOf(state: State, action: LaunchAction): ReturnCode | undefined {
  switch (state.name) {
    case "opening":
    case "issuing":
      return action === "cancel" ? 400 : undefined;
    case "asking":
      if (action !== "cancel") return undefined;
      return state.refusal && isCircumstance(state.refusal) ? 409 : 400;
    case "confirming":
    case "renewing": // its confirm button went a moment ago, and the tap may have been quicker
      if (action === "confirm") return 200;
      return action === "cancel" ? 400 : undefined;
    case "failed":
      return action === "return" ? returnCodeOf(state.problem) : undefined;
    case "returned":
      return action === "return" && state.code !== 200 ? state.code : undefined;
    case "stranded":
    case "standalone":
      return undefined;
  }
}

/** The string in a launchApp button that reports `code`, refusals and failures. */
export function refusalString({ visit }: State, code: ReturnCode, words: Words): string {
  // Authing's Guard reads JSON with codes and nothing else; an empty string is what it reports as "no answer".
  if (visit.config.returnMode === "code") return "";
  const { state } = visit.launch;
  return formatReturn({ code, message: words.returned[code], ...(state !== undefined && { state }) });
}

/** The string in the confirm button: the ticket, or in code mode the codes. */
export function proofString({ visit, proof }: Confirming, words: Words): string {
  if (proof.kind === "codes") return JSON.stringify({ code: proof.loginCode, phoneInfoCode: proof.phoneCode });
  const { state } = visit.launch;
  const message = words.returned[200];
  return formatReturn({ code: 200, message, ticket: proof.ticket, ...(state !== undefined && { state }) });
}
