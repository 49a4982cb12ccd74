import { WORDS, type Key } from "../messages/words";
import type { PoolView } from "../protocol/wire";
import { PROBLEMS, type Problem } from "./problem";
import type { Login, Rest } from "./state";
import type { Visit } from "./visit";

/** Says a key's words in the person's language, with a name where they leave a place for one. */
export type Say = (key: Key, name?: string) => string;

/** Who asks, by name. */
export function askerOf({ isTrial, config }: Visit, { caller, name }: PoolView): string {
  return isTrial ? config.operatorName : caller || name;
}

/** The app to go back to, as far as anybody told its name. */
export function appOf({ pool }: Login, speak: Say): string {
  return (pool && pool.caller) || speak("app");
}

export function countdown({ secondsLeft }: Rest, speak: Say): string {
  return speak("wait", `${secondsLeft}`);
}

/** What happened and what to do about it. */
export function describe(problem: Problem, speak: Say): string {
  const { returned: code, advice } = PROBLEMS[problem];
  const cause = problem in WORDS ? (problem as Extract<Problem, Key>) : (`${code}` as const);
  return advised(cause, advice, speak);
}

export function advised(cause: Key, advice: Key | null, speak: Say): string {
  return speak(cause) + (advice ? speak(advice) : "");
}
