import { CallError } from "./call-error";

/** What `fail` callbacks receive. */
export interface Failure {
  errMsg?: string;
  errno?: number;
}

export interface Callbacks<Result> {
  success: (result: Result) => void;
  fail: (failure: Failure) => void;
}

/** Codes by "#errno errMsg", the first that fits; numbers came late, and old base libraries send only texts. */
export type Readings = readonly (readonly [RegExp, string])[];

/** A timer that rings so much too late stood still with the applet. */
const SUSPENDED = 1_000;
/** In which the answers that waited with it are told. */
const GRACE = 1_000;

/**
 * Calls the platform and gives a promise that always settles. The call may throw, and on some devices neither callback
 * ever comes: after `milliseconds` that counts as a timeout.
 * In the background timers and answers stand still; where the timer is told first, an answer that came in time may wait
 * behind it. https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/operating-mechanism.html
 */
export function promisify<Result>(
  call: (callbacks: Callbacks<Result>) => unknown,
  readings: Readings,
  otherwise: string,
  milliseconds: number,
): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    const fail = (failure: Failure) => {
      const told = `#${failure.errno} ${failure.errMsg}`;
      const [, code] = readings.find(([pattern]) => pattern.test(told)) || ["", otherwise];
      reject(new CallError(code));
    };
    const end = () => fail({ errMsg: "timeout" }); // after the outcome it changes nothing
    const due = Date.now() + milliseconds;
    setTimeout(() => (Date.now() - due > SUSPENDED ? setTimeout(end, GRACE) : end()), milliseconds);
    try {
      call({ success: resolve, fail });
    } catch (error) {
      fail({ errMsg: String(error) });
    }
  });
}
