import { isFresh } from "./credential";
import type { Call, Effect, Wait } from "./effect";
import type { Problem } from "./problem";
import type { Asking, Attempt, Failed, Holding, Issuing, Opening, Phase, Rest } from "./state";
import type { Visit } from "./visit";

/** A phase and what has to be done on entering it. The functions below are the doors into the phases. */
export type Step = [Phase, Effect[]];

/** An attempt that ends sooner is not worth a phone prompt: the server would refuse what it costs. */
const ATTEMPT_MARGIN = 15_000;

function wait(until: number, at: number): Wait {
  return { type: "wait", until, milliseconds: Math.max(0, until - at) };
}

/** A timer for what may never come: in code mode an attempt has no end. */
export function alarm(until: number, at: number): [Wait, Effect[]] {
  const timer = wait(until, at);
  return [timer, until < Infinity ? [timer] : []];
}

/** What is left until then, told second by second. */
export function rest(until: number, at: number): Rest | undefined {
  const secondsLeft = Math.ceil((until - at) / 1000);
  return secondsLeft > 0 ? { until, secondsLeft, timer: wait(until - (secondsLeft - 1) * 1000, at) } : undefined;
}

/** Starts a login with wx.login, waiting for nothing. */
export function open(more: Pick<Opening, "isSecond" | "phone"> = {}): Step {
  const awaits: Call = { type: "logIn" };
  return [{ name: "opening", awaits, ...more }, [awaits]];
}

/** Asks the person. After a refusal the prompt rests; else the timer watches the attempt's end. */
export function ask(
  { attempt, phone, refusal, notice, rest: resting }: Pick<Asking, "attempt"> & Partial<Asking>,
  at: number,
): Step {
  const [timer, effects] = resting ? [resting.timer, [resting.timer]] : alarm(endOfAsking(attempt), at);
  return [{ name: "asking", attempt, phone, refusal, notice, rest: resting, isPrompted: false, timer }, effects];
}

/** When the question is no longer worth an answer. */
export function endOfAsking({ expiresAt }: Attempt): number {
  return expiresAt - ATTEMPT_MARGIN;
}

type Given = Pick<Asking, "attempt" | "phone">;

/** What the person still has to tick or give. */
export function lacks({ attempt, phone }: Given): { agreement: boolean; phone: boolean } {
  return {
    agreement: attempt.needs.includes("agreements") && !attempt.isAgreed,
    phone: attempt.needs.includes("phone") && !phone,
  };
}

/** With what was given by now: asks the person for what is missing, holds what is complete, or asks the server. */
export function ready(visit: Visit, given: Given, at: number): Step {
  const { attempt, phone } = given;
  const lacking = lacks(given);
  if (lacking.phone || lacking.agreement) return ask(given, at);
  const credential = visit.mode.complete(attempt.login, phone);
  return credential ? hold(visit, { attempt, phone, credential }, at) : issue(visit, given);
}

/** Asks the server for the first ticket, with what the person gave. */
export function issue(visit: Visit, { attempt, phone }: Given, withoutPhone?: true): Step {
  const { handle, isAgreed, pool } = attempt;
  const required = pool.agreements.filter((agreement) => agreement.required);
  const request: Issuing["request"] = {
    attempt: handle,
    phoneCode: phone && phone.code,
    withoutPhone,
    agreed: isAgreed ? required.map(({ version }) => version) : undefined,
  };
  return send(visit, { attempt, phone, request });
}

/** Sends a first request, or the same again when it lost its way: the server takes no harm from a phone code it knows. */
export function send({ userPoolId, language }: Visit, issuing: Omit<Issuing, "name" | "awaits">): Step {
  const awaits: Call = { type: "issueTicket", userPoolId, language, request: issuing.request };
  return [{ ...issuing, name: "issuing", awaits }, [awaits]];
}

/**
 * Where the credential's age decides, by the wall clock: in the button, in it while the next one is on its way, or out
 * of it. Whoever comes back from the background passes here too, because timers stand still there.
 */
export function hold(visit: Visit, held: Holding, at: number): Step {
  const { attempt, credential, phone, awaits: pending } = held;
  const isGood = credential && isFresh(credential, at);
  const isAging = !isGood || at >= credential.renewAt;
  const renewal = visit.mode.renewal(visit, attempt, phone, at);
  if (!isGood && !renewal) return ask({ attempt }, at);
  const isAllowed = !held.notBefore || at >= held.notBefore;
  const isWanted = isAging && isAllowed && !(isGood && credential.renewAt === credential.dueAt);
  const awaits = pending || (isWanted ? renewal : undefined);
  const effects: Effect[] = awaits && awaits !== pending ? [awaits] : [];
  const next = { ...held, awaits, problem: isAllowed ? undefined : held.problem };
  if (!isGood) return [{ ...next, name: "renewing", credential: undefined, timer: undefined }, effects];
  const timer = wait(isAging ? credential.dueAt : credential.renewAt, at);
  return [{ ...next, name: "confirming", credential, timer }, [...effects, timer]];
}

/** Ends the login with a problem. A first request that lost its way can be sent again; WeChat breaks some off. */
export function fail(problem: Problem, from?: Failed["from"], isBrokenOff = problem === "network.interrupted"): Step {
  return [{ name: "failed", problem, from, isBrokenOff }, []];
}
