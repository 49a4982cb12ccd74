import { expect, jest, test } from "@jest/globals";
import { listen, readEnterOptions, readLaunchOptions } from "../../../miniprogram/platform/lifecycle";
import { installWx, throwing } from "./wx";

test("this opening and the first one are read where the platform knows them", () => {
  installWx({ getEnterOptionsSync: () => ({ scene: 1038 }), getLaunchOptionsSync: () => ({ scene: 1069 }) });
  expect(readEnterOptions()).toEqual({ scene: 1038 });
  expect(readLaunchOptions()).toEqual({ scene: 1069 });
});

test("openings and leaving are heard of", () => {
  const apis = { onAppShow: jest.fn(), onAppHide: jest.fn() };
  installWx(apis);
  const [entered, left] = [jest.fn(), jest.fn()];
  listen(entered, left);
  expect(apis.onAppShow).toHaveBeenCalledWith(entered);
  expect(apis.onAppHide).toHaveBeenCalledWith(left);
});

test.each([
  ["is older than these calls", {}],
  [
    "throws",
    {
      onAppShow: throwing(),
      onAppHide: throwing(),
      getEnterOptionsSync: throwing(),
      getLaunchOptionsSync: throwing(),
    },
  ],
])("a login does not fail on a platform that %s", (_what, apis) => {
  installWx(apis);
  expect(() => listen(jest.fn(), jest.fn())).not.toThrow();
  expect([readEnterOptions(), readLaunchOptions()]).toEqual([undefined, undefined]);
});
