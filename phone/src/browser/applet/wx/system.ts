import type { Device } from "../../../device";
import type { Client } from "../built-in-node";
import { entryAsTold, type Entries } from "../entries";
import { systemFontSize } from "../text-size";
import { call } from "./calls";

/** What wx tells about the phone, the client and how the applet was entered. */
export function systemCalls(phone: Client, entries: Entries) {
  const baseInfo = () => {
    const device = phone.device();
    return {
      SDKVersion: device.sdkVersion,
      version: "8.0.62",
      language: device.language,
      theme: device.theme,
      enableDebug: false,
      fontSizeSetting: systemFontSize(phone),
      fontSizeScaleFactor: device.textScale,
      host: { env: "WeChat", appId: "" },
    };
  };
  const windowInfo = () => {
    const { screenWidth, screenHeight, safeAreaBottom } = phone.device();
    return {
      pixelRatio: window.devicePixelRatio,
      screenWidth,
      screenHeight,
      windowWidth: window.innerWidth,
      windowHeight: window.innerHeight,
      statusBarHeight: 44,
      screenTop: screenHeight - window.innerHeight,
      safeArea: {
        left: 0,
        right: screenWidth,
        top: 44,
        bottom: screenHeight - safeAreaBottom,
        width: screenWidth,
        height: screenHeight - safeAreaBottom - 44,
      },
    };
  };
  const deviceInfo = () => ({ ...MODELS[phone.device().platform], platform: phone.device().platform });
  const networkType = () => {
    const { network, weakNet } = phone.device();
    return {
      networkType: network === "offline" ? "none" : "wifi",
      isConnected: network !== "offline",
      weakNet,
      hasSystemProxy: false,
      signalStrength: weakNet ? 20 : 100,
    };
  };
  return {
    getAppBaseInfo: baseInfo,
    getWindowInfo: windowInfo,
    getDeviceInfo: deviceInfo,
    getSystemInfoSync: () => ({ ...baseInfo(), ...windowInfo(), ...deviceInfo() }),
    getSystemInfo: call("getSystemInfo", phone, () => ({ ...baseInfo(), ...windowInfo(), ...deviceInfo() })),
    getSystemSetting: () => ({
      bluetoothEnabled: false,
      locationEnabled: false,
      wifiEnabled: true,
      deviceOrientation: "portrait",
    }),
    getAccountInfoSync: () => ({ miniProgram: { appId: phone.appId, envVersion: "develop", version: "" } }),
    getExtConfigSync: () => ({ ...phone.ext }),
    getExtConfig: call("getExtConfig", phone, () => ({ extConfig: { ...phone.ext } })),
    getLaunchOptionsSync: () => entryAsTold(entries.launch, phone.device(), "launch"),
    getEnterOptionsSync: () => entryAsTold(entries.enter, phone.device(), "enter"),
    getApiCategory: () => phone.device().apiCategory,
    getNetworkType: call("getNetworkType", phone, networkType),
    getMenuButtonBoundingClientRect: () => {
      const right = phone.device().screenWidth - 7;
      return { left: right - 87, right, top: 48, bottom: 80, width: 87, height: 32 };
    },
  };
}

const MODELS: Record<Device["platform"], { brand: string; model: string; system: string }> = {
  ios: { brand: "iPhone", model: "iPhone 15<iPhone15,4>", system: "iOS 17.5" },
  android: { brand: "Xiaomi", model: "23127PN0CC", system: "Android 14" },
  ohos: { brand: "HUAWEI", model: "ALN-AL00", system: "OpenHarmony 5.0" },
  ohos_pc: { brand: "HUAWEI", model: "HAD-W24", system: "OpenHarmony 5.0" },
  windows: { brand: "microsoft", model: "microsoft", system: "Windows 11 x64" },
  mac: { brand: "apple", model: "MacBookPro18,1", system: "macOS 15.0" },
  devtools: { brand: "devtools", model: "iPhone 12/13 (Pro)", system: "iOS 10.0.1" },
};
