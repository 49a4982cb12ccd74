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

/** What the server asks WeChat. Every failure is a {@link Refusal}; no call is ever answered by a guess. */
export interface WeChat {
  /** Trades a code of wx.login, once. `from`: whose share of the calls it takes. */
  login(applet: Applet, code: string, from: string): Promise<WeChatIdentity>;
  /** Trades a code of getPhoneNumber, once, for an E.164 number; WeChat checks that it came from the person with this openid. */
  phoneNumber(applet: Applet, code: string, openid: string, from: string): Promise<string>;
  close(): Promise<void>;
}
