import type { PhoneSide } from "../../bridge";

/** Options every asynchronous wx call takes. */
export interface CallOptions {
  success?: (result: any) => void;
  fail?: (error: any) => void;
  complete?: (result: any) => void;
  [name: string]: unknown;
}

/** What a call fails with; `name:fail ` is put before the text. */
export class CallFailure extends Error {
  constructor(
    message: string,
    readonly errno?: number,
  ) {
    super(message);
  }
}

export type Call = (options?: CallOptions) => unknown;

/**
 * An asynchronous wx call: callbacks when there are any, else a promise. `promises: "never"` is for the calls that
 * WeChat documents without one.
 */
export function call(
  name: string,
  phone: PhoneSide,
  run: (options: CallOptions) => unknown,
  { promises = "always", tell }: { promises?: "always" | "never"; tell?: (options: CallOptions) => string } = {},
): Call {
  return (options = {}) => {
    const detail = tell?.(options) ?? "";
    const outcome = settle(name, phone, run, options, detail);
    if (promises === "never" || options.success || options.fail || options.complete) {
      void deliver(outcome, options);
      return undefined;
    }
    return outcome.then((result) => (result.ok ? result.value : Promise.reject(result.value)));
  };
}

interface Settled {
  ok: boolean;
  value: Record<string, unknown>;
}

async function settle(
  name: string,
  phone: PhoneSide,
  run: (options: CallOptions) => unknown,
  options: CallOptions,
  detail: string,
): Promise<Settled> {
  try {
    const value = (await run(options)) as Record<string, unknown> | undefined;
    phone.note({ kind: "wx", name: `wx.${name}`, detail: [detail, "ok"].filter(Boolean).join(" → ") });
    return { ok: true, value: { errMsg: `${name}:ok`, ...value } };
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    const errno = error.errno === undefined ? {} : { errno: error.errno };
    phone.note({ kind: "wx", name: `wx.${name}`, detail: [detail, error.message].filter(Boolean).join(" → ") });
    return { ok: false, value: { errMsg: `${name}:fail ${error.message}`, ...errno } };
  }
}

async function deliver(outcome: Promise<Settled>, { success, fail, complete }: CallOptions): Promise<void> {
  const { ok, value } = await outcome;
  if (ok) success?.(value);
  else fail?.(value);
  complete?.(value);
}

/** Until `performance.now()` is there; at once when it has passed. */
export function waitUntil(at: number): Promise<void> {
  const left = at - performance.now();
  return left > 0 ? wait(left) : Promise.resolve();
}

export function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    window.setTimeout(done, milliseconds);
  });
}
