/** What the page in the browser is told when it loads: `GET /setup`. */
export interface PhoneSetup {
  /** The applet's AppID. */
  appId: string;
  /** The name it is registered under, as WeChat's own questions say it. */
  appletName: string;
  /** What ext.json would hold: where the auth server is. */
  ext: { authOrigin: string };
  people: { id: string; name: string; nameEn: string }[];
  host: { appId: string; name: string; userPoolId: string };
}
