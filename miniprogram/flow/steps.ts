import type { AttemptReply, TicketRequest } from "../protocol/wire";
import type { Effect } from "./event";
import { dueAt, isFresh, isPhoneCodeFresh, isRenewable, renewAt, type Proof } from "./proof";
import { isOfTheWay, type Problem } from "./problem";
import type { Asking, Attempt, Confirming, Failed, Issuing, Opening, PhoneGrant, Renewing, State } from "./state";
import { nextCall, type Visit } from "./visit";

/** A state and what has to be done on entering it. The functions below are the only doors into the states. */
export type Step<S extends State = State> = [S, Effect[]];

/** The phone prompt has this long after a refusal before it may open again; until then WeChat fails it at once. */
const PROMPT_PAUSE = 10_000;
/** An attempt that ends sooner than this is not worth a phone prompt: the server would refuse what it costs. */
const ATTEMPT_MARGIN = 15_000;

/** Starts a login: wx.login first, without waiting for anything. */
export function open(former: Visit, secondLogin = false, phone?: PhoneGrant): Step<Opening> {
  const [visit, call] = nextCall(former);
  return [{ name: "opening", visit, awaits: call, secondLogin, ...(phone && { phone }) }, [{ type: "logIn", call }]];
}

export function attemptOf(reply: AttemptReply, sentAt: number): Attempt {
  return {
    handle: reply.attempt,
    expiresAt: sentAt + reply.expiresIn * 1000,
    pool: reply.pool,
    user: reply.user,
    needs: reply.needs,
    phoneOptional: reply.phoneOptional,
    agreed: false,
  };
}

/** What the person still has to tick or give. */
export function lacks({ attempt, phone }: { attempt: Attempt; phone?: PhoneGrant }): {
  agreement: boolean;
  phone: boolean;
} {
  return {
    agreement: attempt.needs.includes("agreements") && !attempt.agreed,
    phone: attempt.needs.includes("phone") && phone === undefined,
  };
}

type AskingExtras = Partial<Pick<Asking, "phone" | "refusal" | "notice">>;

/** Asks the person. After a refusal the prompt rests; else the timer watches the attempt's end. */
export function ask(former: Visit, attempt: Attempt, at: number, extras: AskingExtras = {}): Step<Asking> {
  const [visit, timer] = nextCall(former);
  const pausedUntil = extras.refusal ? at + PROMPT_PAUSE : undefined;
  const state: Asking = {
    name: "asking",
    visit,
    attempt,
    prompted: false,
    away: false,
    timer,
    ...extras,
    ...(pausedUntil !== undefined && { pausedUntil }),
  };
  const ring = pausedUntil ?? endOfAsking(attempt);
  return [state, ring === Infinity ? [] : [{ type: "wait", timer, milliseconds: Math.max(0, ring - at) }]];
}

export function endOfAsking({ expiresAt }: Attempt): number {
  return expiresAt - ATTEMPT_MARGIN;
}

/** Asks the server for the first ticket. */
export function issue(former: Visit, attempt: Attempt, phone?: PhoneGrant, withoutPhone = false): Step<Issuing> {
  const request: TicketRequest = { attempt: attempt.handle };
  if (phone) request.phoneCode = phone.code;
  if (withoutPhone) request.withoutPhone = true;
  if (attempt.agreed) request.agreed = versionsToAgree(attempt);
  return send({ name: "issuing", visit: former, attempt, awaits: "", request, ...(phone && { phone }) });
}

/** Sends a first request, or the same again when its way failed. The server takes a phone code it knows for no harm. */
export function send(issuing: Issuing): Step<Issuing> {
  const [visit, call] = nextCall(issuing.visit);
  const { userPoolId } = visit;
  return [{ ...issuing, visit, awaits: call }, [{ type: "issueTicket", call, userPoolId, request: issuing.request }]];
}

function versionsToAgree({ pool }: Attempt): string[] {
  return pool.agreements.filter(({ required }) => required).map(({ version }) => version);
}

type Habits = Partial<Pick<Confirming, "away" | "confirmed" | "again">>;

/** Puts a proof into the button, or renews it first when it took too long to come. */
export function confirm(former: Visit, attempt: Attempt, proof: Proof, at: number, habits: Habits = {}): Step {
  if (!isFresh(proof, at)) return renew(former, attempt, at, { ...habits, proof });
  const [visit, timer] = nextCall(former);
  const state: Confirming = {
    name: "confirming",
    visit,
    attempt,
    proof,
    away: false,
    confirmed: false,
    again: false,
    ...habits,
    stage: isRenewable(proof) ? "fresh" : "aging",
    timer,
  };
  return [state, [waitFor(state, at)]];
}

/** Rings when the proof is to be renewed or, in its last stage, when it is due. */
export function waitFor({ proof, stage, timer }: Confirming, at: number): Effect {
  const ring = stage === "fresh" ? renewAt(proof) : dueAt(proof);
  return { type: "wait", timer, milliseconds: Math.max(0, ring - at) };
}

/** Takes the proof out of the button and asks for the next one. */
export function renew(
  former: Visit,
  attempt: Attempt,
  at: number,
  { away = false, confirmed = false, again = false, ...last }: Habits & { proof?: Proof; phone?: PhoneGrant },
): Step {
  const phone = last.phone ?? (last.proof && phoneOf(last.proof));
  if (isCodeMode(former) && !(phone && isPhoneCodeFresh(phone.at, at))) return ask(former, attempt, at);
  const [visit, call, effect] = orderProof(former, attempt);
  const state: Renewing = { name: "renewing", visit, attempt, awaits: call, away, confirmed, again };
  return [phone ? { ...state, phone } : state, [effect]];
}

/** The call that brings the next proof. */
export function orderProof(former: Visit, attempt: Attempt): [Visit, string, Effect] {
  const [visit, call] = nextCall(former);
  if (isCodeMode(visit)) return [visit, call, { type: "logIn", call }];
  return [
    visit,
    call,
    { type: "issueTicket", call, userPoolId: visit.userPoolId, request: { attempt: attempt.handle } },
  ];
}

export function isCodeMode({ config }: Visit): boolean {
  return config.returnMode === "code";
}

export function phoneOf(proof: Proof): PhoneGrant | undefined {
  return proof.kind === "codes" ? { code: proof.phoneCode, at: proof.phoneAt } : undefined;
}

/** Ends the login with a problem. What only lost its way can be sent again, after the wait the server asked for. */
export function fail(
  former: Visit,
  problem: Problem,
  at: number,
  { resend, retryAfterSeconds }: { resend?: Issuing; retryAfterSeconds?: number | undefined } = {},
): Step<Failed> {
  const [visit, timer] = nextCall(former);
  const state: Failed = { name: "failed", visit, problem, timer };
  if (resend && isOfTheWay(problem)) state.resend = resend;
  if (!retryAfterSeconds) return [state, []];
  const milliseconds = retryAfterSeconds * 1000;
  return [{ ...state, retryAt: at + milliseconds }, [{ type: "wait", timer, milliseconds }]];
}
