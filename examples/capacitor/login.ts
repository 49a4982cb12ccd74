import { runLogin, startLogin, type LoginState } from "@app2wxapp/launch";
import { App } from "@capacitor/app";
import { Preferences } from "@capacitor/preferences";
import { CapacitorWechat } from "@capgo/capacitor-wechat";

const WECHAT_APP_ID = "wxd930ea5d5a258f4f"; // of this app, on the open platform
const UNIVERSAL_LINK = "https://app.example.com/wechat/";
const APPLET = "gh_a781a791e29e"; // the applet's original id
const USER_POOL_ID = "5e4cdd055df3df65dc58b97d";
const BACKEND = "https://app.example.com/sign-in";
const KEY = "login";

/** The app's login; call it once, as the app starts. `show` hears where it stands, at once and after each change. */
export async function createLogin(show: (state: LoginState) => void) {
  await CapacitorWechat.initialize({ appId: WECHAT_APP_ID, universalLink: UNIVERSAL_LINK });
  const { value: saved } = await Preferences.get({ key: KEY });
  const send = runLogin(
    {
      save: (login) => (login ? Preferences.set({ key: KEY, value: login }) : Preferences.remove({ key: KEY })),
      open,
      exchange,
      show,
      ignored: (reason) => console.warn(`login: ignored, ${reason}`),
    },
    saved,
  );
  let wasAway = false;
  await App.addListener("appStateChange", ({ isActive }) => {
    if (isActive && wasAway) send({ type: "foregrounded" });
    wasAway = !isActive;
  });
  // A login that was restored: this process began in front of the person.
  send({ type: "foregrounded" });
  return {
    signIn: () => send({ type: "started", login: startLogin({ userPoolId: USER_POOL_ID, getPhone: true }) }),
    signOut: () => send({ type: "signedOut" }),
  };

  /** openMiniProgram settles when the person is back: with the applet's string, or with the reason why it did not open. */
  async function open(path: string): Promise<boolean> {
    const { installed } = await CapacitorWechat.isInstalled();
    if (!installed) return false;
    const { extMsg } = await CapacitorWechat.openMiniProgram({ username: APPLET, path, type: 0 });
    send({ type: "answered", text: extMsg });
    return true;
  }
}

async function exchange(ticket: string, codeVerifier: string | undefined): Promise<void> {
  const reply = await fetch(BACKEND, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ticket, codeVerifier }),
  });
  if (!reply.ok) throw new Error(`sign-in: ${reply.status}`);
  // The backend answers with a session of its own; keep it where the app keeps its sessions.
}
