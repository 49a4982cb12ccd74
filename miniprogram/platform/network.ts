import { CallError } from "./call-error";
import { promisify, type Callbacks, type Readings } from "./promisify";

/** How long a call that needs the network may take, as the platform is told. */
export const TIMEOUT = 10_000;

/** `promisify` for what needs the network; a failure that leaves the reason open asks the platform about the network. */
export async function callNetwork<Result>(
  call: (callbacks: Callbacks<Result>) => unknown,
  readings: Readings,
  otherwise: string,
): Promise<Result> {
  try {
    return await promisify(call, readings, otherwise, TIMEOUT + 1_000);
  } catch (error) {
    const { problem, reason } = error as CallError;
    throw new CallError(/failed|timeout/.test(problem) ? await refined(problem) : problem, reason);
  }
}

type Network = Partial<WechatMiniprogram.GetNetworkTypeSuccessCallbackResult>;

/** Silence and failure here refine nothing. */
async function refined(problem: string): Promise<string> {
  const { networkType, weakNet }: Network = await promisify<Network>(
    (callbacks) => wx.getNetworkType(callbacks),
    [],
    "capability.failed",
    1_000,
  ).catch(() => ({}));
  if (networkType === "none") return "network.offline";
  return weakNet ? "network.weak" : problem;
}
