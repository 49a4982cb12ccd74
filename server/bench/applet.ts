/** The applet that the stand-in knows and the auth server logs in with. */
export const APPLET = { appId: "wxshared000000000", secret: "the-shared-applets-appsecret-0001" };
