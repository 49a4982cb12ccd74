import type { Attempt } from "./state";
import type { Visit } from "./visit";

/*
 * Code mode has no server: the app gets the raw codes and calls Authing's cloud with them. Only a build with
 * RETURN_MODE=code holds it: every use stands under the label `codeMode`, and the build drops those statements from the
 * other packages.
 */

/** Whether this build hands codes to a listed app. */
export function isCodeMode({ config }: Pick<Visit, "config">): boolean {
  return config.returnMode === "code";
}

/** What a server would have told: the build says who may launch, and a phone number is always part of the answer. */
export function attemptWithoutServer({ config, callerAppId }: Visit, login: { code: string; at: number }): Attempt {
  const caller = config.codeModeCallers.find(({ appId }) => appId === callerAppId);
  return {
    handle: "",
    expiresAt: Infinity,
    pool: { name: config.operatorName, logo: null, caller: caller ? caller.name : null, agreements: [] },
    user: null,
    needs: ["phone"],
    phoneOptional: false,
    isAgreed: false,
    reading: -1,
    login,
  };
}
