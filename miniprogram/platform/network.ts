import { CallError } from "./call-error";
import { promisify, type Callbacks, type Readings } from "./promisify";

/** How long a call that needs the network may take, as the platform is told. */
export const TIMEOUT = 10_000;

/** `promisify` for what needs the network; where a failure leaves the reason open, the platform is asked for it. */
export async function callNetwork<Result>(
  call: (callbacks: Callbacks<Result>) => unknown,
  readings: Readings,
  otherwise: string,
): Promise<Result> {
  try {
    return await promisify(call, readings, otherwise, TIMEOUT + 1_000);
  } catch (error) {
    const { message: code } = error as CallError;
    throw new CallError(/failed|timeout/.test(code) && (await isBad()) ? "network.failed" : code);
  }
}

/** Whether the network is to blame: none, or a weak one. Silence and failure say nothing. */
async function isBad(): Promise<boolean> {
  const { networkType, weakNet }: Partial<WechatMiniprogram.GetNetworkTypeSuccessCallbackResult> =
    await promisify<object>((callbacks) => wx.getNetworkType(callbacks), [], "capability.failed", 1_000).catch(
      () => ({}),
    );
  return networkType === "none" || !!weakNet;
}
