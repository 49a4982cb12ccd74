import type { Client } from "../built-in-node";

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
 * WeChat documents without one. A suspended applet gets its answer when it runs again.
 */
export function call(
  name: string,
  client: Client,
  run: (options: CallOptions) => unknown,
  { promises = "always", tell }: { promises?: "always" | "never"; tell?: (options: CallOptions) => string } = {},
): Call {
  return (options = {}) => {
    const answered = settle(name, client, run, options, tell?.(options) ?? "");
    if (promises === "never" || options.success || options.fail || options.complete) {
      void answered.then((answer) => client.clock.deliver(() => tellCallbacks(answer, options)));
      return undefined;
    }
    return new Promise((resolve, reject) => {
      void answered.then(({ ok, value }) => client.clock.deliver(() => (ok ? resolve(value) : reject(value))));
    });
  };
}

/** How a call ended. */
export interface Answer {
  ok: boolean;
  value: Record<string, unknown>;
}

async function settle(
  name: string,
  client: Client,
  run: (options: CallOptions) => unknown,
  options: CallOptions,
  detail: string,
): Promise<Answer> {
  try {
    const value = (await run(options)) as Record<string, unknown> | undefined;
    client.note({ kind: "wx", name: `wx.${name}`, detail: [detail, "ok"].filter(Boolean).join(" → ") });
    return { ok: true, value: { errMsg: `${name}:ok`, ...value } };
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    client.note({ kind: "wx", name: `wx.${name}`, detail: [detail, error.message].filter(Boolean).join(" → ") });
    return { ok: false, value: failureOf(name, error) };
  }
}

export function failureOf(name: string, { message, errno }: CallFailure): Record<string, unknown> {
  return { errMsg: `${name}:fail ${message}`, ...(errno === undefined ? {} : { errno }) };
}

export function tellCallbacks({ ok, value }: Answer, { success, fail, complete }: CallOptions): void {
  if (ok) success?.(value);
  else fail?.(value);
  complete?.(value);
}
