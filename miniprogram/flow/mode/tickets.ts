import { say } from "../../messages/words";
import { formatReturn } from "../../protocol/return-string";
import type { AttemptRequest } from "../../protocol/wire";
import type { Unsent } from "../effect";
import type { Visit } from "../visit";
import type { Mode } from "./mode";

/** The app gets a ticket of the auth server, which its backend trades for the user. */
export const TICKETS: Mode = {
  hasServer: true,
  isHeldBack: false,
  refuses: () => undefined,
  // Spends the code: it is in this one request and in no state.
  begin: (visit, { code }) => ({
    type: "openAttempt",
    userPoolId: visit.userPoolId,
    language: visit.language,
    request: requestOf(visit, code),
  }),
  complete: () => undefined,
  renewal: ({ userPoolId, language }, { handle }) => ({
    type: "issueTicket",
    userPoolId,
    language,
    request: { attempt: handle },
  }),
  answer: ({ language, launch }, code, credential) =>
    formatReturn({
      code,
      message: say(language, `${code}`),
      ticket: credential && credential.ticket,
      state: launch.state,
    }),
};

function requestOf({ appId, callerAppId, launch }: Visit, code: string): Unsent<AttemptRequest> {
  const { getPhone, useSelfWxapp, codeChallenge, nonce } = launch;
  return { code, appId, getPhone, useSelfWxapp, callerAppId, codeChallenge, nonce };
}
