import type { Answer, Login, LoginEffect, Notice } from "../../../packages/launch/src";
import { shuffledOrders, type Trace } from "../../../packages/launch/test/shuffle";
import { ANSWERS, EVENTS, LAUNCH, SHUFFLES } from "../../../packages/launch/test/vectors";

/** One line to a core, and the line it must answer. */
export interface Call {
  title: string;
  fields: (string | number | boolean)[];
  said: string;
}

const base64 = (text: unknown) => (typeof text === "string" ? Buffer.from(text).toString("base64") : "-");
const bytes = (hex: string) => Buffer.from(hex, "hex").toString("base64");

/** The cores always send a challenge, and ask for nothing but the phone number. */
const LOGINS = LAUNCH.logins.filter(({ request }) =>
  Object.keys(request).every((n) => /^(userPoolId|getPhone)$/.test(n)),
);
const CASES = ANSWERS.cases.filter(
  ({ text, login }) => (typeof text === "string" || text === null) && !(login && login.codeVerifier === undefined),
);

function loginCall(name: string, login: Login): Call {
  const { path: launch, state, codeVerifier = "", expiresAt, answered } = login;
  return { title: name, fields: ["login", 0, name, launch, state, codeVerifier, expiresAt, answered], said: "ok" };
}

export function startCalls(): Call[] {
  return LOGINS.map(({ name, request, now, stateBytes, verifierBytes, login }) => ({
    title: name,
    fields: ["start", now, request.userPoolId, request.getPhone ? 1 : 0, bytes(stateBytes), bytes(verifierBytes)],
    said: [login.path, login.state, login.codeVerifier, login.expiresAt].join(" "),
  }));
}

export function answerCalls(): Call[] {
  const judged = (title: string, name: string, text: unknown, now: number, answer: Answer) => ({
    title,
    fields: ["judge", now, name, base64(text)],
    said: saidAnswer(answer),
  });
  return [
    loginCall("waiting", ANSWERS.login),
    ...ANSWERS.returned.map(({ text, answer }) => judged(text, "waiting", text, ANSWERS.now, answer)),
    ...CASES.flatMap(({ name, text, login = ANSWERS.login, now = ANSWERS.now, answer }) =>
      login
        ? [loginCall("own", login), judged(name, "own", text, now, answer)]
        : [judged(name, "nobody", text, now, answer)],
    ),
  ];
}

export function eventCalls(): Call[] {
  return [
    loginCall("state-A", EVENTS.logins.A),
    loginCall("state-B", EVENTS.logins.B),
    ...EVENTS.sequences.flatMap(({ name, steps }) => [
      { title: name, fields: ["new", 0], said: "ok" },
      ...steps.map(({ event, now = EVENTS.start, phase, notice, effect }) => ({
        title: name,
        fields: eventFields(event.type === "started" ? { ...event, login: EVENTS.logins[event.login] } : event, now),
        said: saidStep(phase, notice, effect),
      })),
    ]),
  ];
}

/** Ten thousand shuffled orders, step by step as TypeScript's machine takes them. */
export function orderCalls(): Call[] {
  const traces = [...shuffledOrders(SHUFFLES.orders, SHUFFLES.events)];
  return [
    loginCall("state-A", EVENTS.logins.A),
    loginCall("state-B", EVENTS.logins.B),
    ...traces.flatMap((trace, order) => traceCalls(trace, order + 1)),
  ];
}

function traceCalls(trace: Trace[], order: number): Call[] {
  return [
    { title: `order ${order}`, fields: ["new", 0], said: "ok" },
    ...trace.map(({ event, state: { phase, notice }, effect }) => ({
      title: `order ${order}`,
      fields: eventFields(event, EVENTS.start),
      said: saidStep(phase, notice, effect),
    })),
  ];
}

function eventFields(event: Trace["event"], now: number): (string | number)[] {
  if (event.type === "started") return [event.type, now, event.login.state];
  if (event.type === "answered") return [event.type, now, base64(event.text)];
  return "state" in event ? [event.type, now, event.state] : [event.type, now];
}

export function saidAnswer(answer: Answer): string {
  if (answer.outcome === "granted") return `granted ${answer.ticket} ${answer.codeVerifier}`;
  if (answer.outcome === "failed") return `failed ${answer.code} ${answer.message}`;
  return answer.outcome === "ignored" ? `ignored ${answer.reason}` : "cancelled";
}

export function saidStep(phase: string, notice: Notice | null, effect: LoginEffect | null): string {
  const noticed = notice?.kind === "failed" ? `failed ${notice.code} ${notice.message}` : (notice?.kind ?? "-");
  if (!effect) return `${phase}\t${noticed}\t-`;
  const { type } = effect;
  if (type === "open") return `${phase}\t${noticed}\topen ${effect.path} ${effect.state}`;
  if (type === "ignore") return `${phase}\t${noticed}\tignore ${effect.reason}`;
  return `${phase}\t${noticed}\texchange ${effect.ticket} ${effect.codeVerifier} ${effect.state}`;
}
