import { jest } from "@jest/globals";

type Api = (options: Record<string, any>) => unknown;

/** Puts a `wx` with these capabilities, and no others, in the place of WeChat's. */
export function installWx(apis: Record<string, unknown>): void {
  (globalThis as Record<string, unknown>)["wx"] = apis;
}

/** A capability that answers through its callbacks as WeChat's do. */
export const succeeding = (result: object) => jest.fn<Api>((options) => options["success"](result));
export const failing = (failure: object) => jest.fn<Api>((options) => options["fail"](failure));
export const silent = () => jest.fn<Api>();
export const throwing = () =>
  jest.fn<Api>(() => {
    throw new Error("not implemented");
  });
