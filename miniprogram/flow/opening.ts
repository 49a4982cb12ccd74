import type { AttemptReply, AttemptRequest } from "../protocol/wire";
import type { Event } from "./event";
import { readPhoneAnswer } from "./phone-answer";
import type { Attempt, Opening } from "./state";
import { ask, attemptOf, confirm, fail, isCodeMode, issue, lacks, open, type Step } from "./steps";
import { askerOf, isSameAsker, nextCall, type Visit } from "./visit";

/** From wx.login to what has to be asked. When nothing has to, the first reply carries the ticket. */
export function opening(state: Opening, event: Event): Step {
  if ("call" in event && event.call !== state.awaits) return [state, []];
  switch (event.type) {
    case "loggedIn":
      return isCodeMode(state.visit) ? askForCodes(state, event) : openAttempt(state, event.code);
    case "loginFailed":
      return fail(state.visit, event.problem, event.at);
    case "attemptOpened":
      return opened(state, attemptOf(event.reply, event.sentAt), event.reply, event);
    case "attemptRefused":
      if (event.problem === "wechat_code.invalid" && !state.secondLogin) return open(state.visit, true, state.phone);
      return fail(state.visit, event.problem, event.at, { retryAfterSeconds: event.retryAfterSeconds });
    case "phoneAnswered": {
      const answer = readPhoneAnswer(event.detail);
      if (!answer.granted) return [state, []];
      const { openPrompt } = state.visit;
      // A prompt that was open when this visit began: its number is paid for, and meant for the same app and pool.
      if (openPrompt && isSameAsker(openPrompt, askerOf(state.visit)))
        return [{ ...state, phone: { code: answer.code, at: event.at } }, []];
      return [state, [{ type: "countLostPhone" }]];
    }
    default:
      return [state, []];
  }
}

/** Spends the wx.login code: it is in this one request and in no state. */
function openAttempt(state: Opening, code: string): Step {
  const [visit, call] = nextCall(state.visit);
  return [
    { ...state, visit, awaits: call },
    [{ type: "openAttempt", call, userPoolId: visit.userPoolId, request: requestOf(visit, code) }],
  ];
}

function requestOf({ appId, callerAppId, launch }: Visit, code: string): AttemptRequest {
  const request: AttemptRequest = { code, appId, getPhone: launch.getPhone };
  if (launch.useSelfWxapp !== undefined) request.useSelfWxapp = launch.useSelfWxapp;
  if (callerAppId !== undefined) request.callerAppId = callerAppId;
  if (launch.codeChallenge !== undefined) request.codeChallenge = launch.codeChallenge;
  return request;
}

function opened(state: Opening, attempt: Attempt, reply: AttemptReply, event: { at: number; sentAt: number }): Step {
  const { visit, phone } = state;
  const [next, effects] = settled();
  const isPhoneLost = phone !== undefined && !attempt.needs.includes("phone");
  return [next, isPhoneLost ? [...effects, { type: "countLostPhone" }] : effects];

  function settled(): Step {
    const { ticket, ticketExpiresIn: lifeInSeconds } = reply;
    if (ticket !== undefined && lifeInSeconds !== undefined)
      return confirm(visit, attempt, { kind: "ticket", ticket, sentAt: event.sentAt, lifeInSeconds }, event.at);
    const missing = lacks({ attempt, ...(phone && { phone }) });
    if (!missing.agreement && !missing.phone) return issue(visit, attempt, phone);
    return ask(visit, attempt, event.at, phone && { phone });
  }
}

/** Code mode has no server: the build says who may launch, and the phone number is always part of the answer. */
function askForCodes({ visit, phone }: Opening, { code, at }: { code: string; at: number }): Step {
  const caller = visit.config.codeModeCallers.find(({ appId }) => appId === visit.callerAppId)?.name ?? null;
  const attempt: Attempt = {
    handle: "",
    expiresAt: Infinity,
    pool: { name: visit.config.operatorName, logo: null, caller, agreements: [] },
    user: null,
    needs: ["phone"],
    phoneOptional: false,
    agreed: false,
    login: { code, at },
  };
  return phone ? confirm(visit, attempt, codes(attempt, phone), at) : ask(visit, attempt, at);

  function codes({ login }: Attempt, grant: { code: string; at: number }) {
    const loginCode = login?.code ?? "";
    return { kind: "codes", loginCode, loginAt: at, phoneCode: grant.code, phoneAt: grant.at } as const;
  }
}
