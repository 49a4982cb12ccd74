import { PlatformError, type Failure, type PlatformProblem } from "./platform-error";

interface Callbacks<Success> {
  success: (result: Success) => void;
  fail: (failure: Failure) => void;
}

/**
 * Turns one call with callbacks into a promise that always settles: the call may throw, and on some devices neither
 * callback ever comes, so silence past the deadline counts as `onSilence`.
 */
export function settling<Success, Result>(
  start: (callbacks: Callbacks<Success>) => void,
  read: (result: Success) => Result,
  problemOf: (failure: Failure) => PlatformProblem,
  deadline: { milliseconds: number; onSilence: PlatformProblem },
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new PlatformError(deadline.onSilence)), deadline.milliseconds);
    const fail = (failure: Failure) => {
      clearTimeout(timer);
      reject(new PlatformError(problemOf(failure), failure));
    };
    try {
      start({
        success(result) {
          clearTimeout(timer);
          try {
            resolve(read(result));
          } catch (cause) {
            reject(cause instanceof PlatformError ? cause : new PlatformError(problemOf({}), cause));
          }
        },
        fail,
      });
    } catch (cause) {
      fail({ errMsg: String(cause) });
    }
  });
}
