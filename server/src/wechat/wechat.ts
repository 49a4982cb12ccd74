/** An applet as WeChat's server knows it. */
export interface Applet {
  appId: string;
  appSecret: string;
}

/** Who logged in, as WeChat vouches for it. The session_key of the same reply is dropped where it arrives. */
export interface WeChatIdentity {
  openid: string;
  /** Missing when the applet is not bound to an open platform account. */
  unionid?: string;
}

export interface AppletHealth {
  appId: string;
  /** `paused`: WeChat failed several times in a row, and is left alone for a while. */
  state: "open" | "paused";
  running: number;
  waiting: number;
}

/** What the server asks WeChat. Every failure is a {@link Refusal}; no call is ever answered by a guess. */
export interface WeChat {
  /** Trades a code of wx.login, once. `from`: whose share of the calls it takes. */
  login(applet: Applet, code: string, from: string): Promise<WeChatIdentity>;
  /** Trades a code of getPhoneNumber, once, for an E.164 number; WeChat checks that it came from the person with this openid. */
  phoneNumber(applet: Applet, code: string, openid: string, from: string): Promise<string>;
  /** Asks for an access token, to see whether WeChat takes these credentials. */
  check(applet: Applet): Promise<void>;
  /** How calls for each applet fare in this process now; those without any are not in it. */
  health(): AppletHealth[];
  close(): Promise<void>;
}
