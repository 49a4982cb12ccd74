/** What the examples use of libraries that are not installed here, as those libraries declare it. */

declare module "react-native-get-random-values" {}

/** @react-native-async-storage/async-storage 2 */
declare module "@react-native-async-storage/async-storage" {
  const AsyncStorage: {
    getItem(key: string): Promise<string | null>;
    setItem(key: string, value: string): Promise<void>;
    removeItem(key: string): Promise<void>;
  };
  export default AsyncStorage;
}

/** react-native 0.7x */
declare module "react-native" {
  export const AppState: {
    addEventListener(type: "change", listener: (state: "active" | "background" | "inactive") => void): object;
  };
}

/** react-native-wechat-lib 3.0.4 */
declare module "react-native-wechat-lib" {
  export function registerApp(appId: string, universalLink?: string): Promise<boolean>;
  export function isWXAppInstalled(): Promise<boolean>;
  export function launchMiniProgram(message: {
    userName: string;
    miniProgramType?: number;
    path?: string;
  }): Promise<{ errCode?: number; errStr?: string }>;
  export function addListener(event: string, listener: (response: unknown) => void): unknown;
}

/** @capgo/capacitor-wechat 8.0.38 */
declare module "@capgo/capacitor-wechat" {
  export const CapacitorWechat: {
    initialize(options: { appId: string; universalLink?: string }): Promise<void>;
    isInstalled(): Promise<{ installed: boolean }>;
    openMiniProgram(options: { username: string; path?: string; type?: number }): Promise<{ extMsg?: string }>;
  };
}

/** @capacitor/app 8 */
declare module "@capacitor/app" {
  export const App: {
    addListener(event: "appStateChange", listener: (state: { isActive: boolean }) => void): Promise<object>;
  };
}

/** @capacitor/preferences 8 */
declare module "@capacitor/preferences" {
  export const Preferences: {
    get(options: { key: string }): Promise<{ value: string | null }>;
    set(options: { key: string; value: string }): Promise<void>;
    remove(options: { key: string }): Promise<void>;
  };
}
