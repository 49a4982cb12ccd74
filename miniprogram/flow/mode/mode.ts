import type { ReturnCode } from "../../protocol/return-string";
import type { Credential, LoginCode, PhoneGrant } from "../credential";
import type { Call, OpenAttempt } from "../effect";
import type { Problem } from "../problem";
import type { Attempt } from "../state";
import type { Visit } from "../visit";

/** What goes back to the app, and where it comes from. The build chooses one: see ../../mode.ts. */
export interface Mode {
  /** Whether a server of ours takes part: then there are accounts to look at, and a way to show without an app. */
  hasServer: boolean;
  /** Whether the credential goes into the button only after a tap that confirms. */
  isHeldBack: boolean;
  /** Why this visit gets no login, as far as the build decides it. */
  refuses(visit: Visit): Problem | undefined;
  /** What a fresh code of wx.login leads to: the call that opens an attempt, or the attempt. */
  begin(visit: Visit, login: LoginCode): OpenAttempt | Attempt;
  /** What both codes together are worth in the applet; undefined: the server is asked for a credential. */
  complete(login: LoginCode | undefined, phone: PhoneGrant | undefined): Credential | undefined;
  /** The call that brings the next credential; undefined: the person has to be asked again. */
  renewal(visit: Visit, attempt: Attempt, phone: PhoneGrant | undefined, at: number): Call | undefined;
  /** The string in a launchApp button: with a credential the login, without one a refusal or a failure. */
  answer(visit: Visit, code: ReturnCode, credential?: Credential): string;
}
