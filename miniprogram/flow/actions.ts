import type { ReturnCode } from "../protocol/return-string";
import type { Credential } from "./credential";
import type { ActionId } from "./event";
import { countdown, type Say } from "./phrases";
import type { Rest } from "./state";
import type { Action } from "./view-shape";
import type { Visit } from "./visit";

export function button(id: ActionId, label: string, open: Action["open"] = ""): Action {
  return { id, open, label, parameter: "" };
}

/** Waits while the server asks for a rest. */
export function retry(rest: Rest | undefined, speak: Say): Action {
  return button("retry", rest ? countdown(rest, speak) : speak("retry"));
}

export function launch(
  id: "confirm" | "cancel" | "return",
  visit: Visit,
  label: string,
  code: ReturnCode,
  credential?: Credential,
): Action {
  return { id, open: "launchApp", label, parameter: visit.mode.answer(visit, code, credential), code };
}

/** Cancel is never gated. In the trial it leads back to the home page. */
export function cancel(visit: Visit, speak: Say, code: ReturnCode = 400): Action {
  const label = speak("cancel");
  return visit.isTrial ? button("leave", label) : launch("cancel", visit, label, code);
}

/** The way to one's own accounts, which a server has to know. */
export function ownAccount({ mode }: Visit, speak: Say): Action[] {
  return mode.hasServer ? [button("account", speak("account"))] : [];
}
