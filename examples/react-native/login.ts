import "react-native-get-random-values"; // before everything else
import { runLogin, startLogin, type LoginState } from "@app2wxapp/launch";
import { onAnswer } from "@app2wxapp/launch/react-native";
import AsyncStorage from "@react-native-async-storage/async-storage";
import { AppState } from "react-native";
import * as WeChat from "react-native-wechat-lib";

const WECHAT_APP_ID = "wxd930ea5d5a258f4f"; // of this app, on the open platform
const UNIVERSAL_LINK = "https://app.example.com/wechat/";
const APPLET = "gh_a781a791e29e"; // the applet's original id
const USER_POOL_ID = "5e4cdd055df3df65dc58b97d";
const BACKEND = "https://app.example.com/sign-in";
const KEY = "login";

/** The app's login; call it once, as the app starts. `show` hears where it stands, at once and after each change. */
export async function createLogin(show: (state: LoginState) => void) {
  await WeChat.registerApp(WECHAT_APP_ID, UNIVERSAL_LINK);
  const send = runLogin(
    {
      save: (login) => (login ? AsyncStorage.setItem(KEY, login) : AsyncStorage.removeItem(KEY)),
      open,
      exchange,
      show,
      ignored: (reason) => console.warn(`login: ignored, ${reason}`),
    },
    await AsyncStorage.getItem(KEY),
  );
  onAnswer(WeChat.addListener, (text) => send({ type: "answered", text }));
  let wasAway = false;
  AppState.addEventListener("change", (now) => {
    // iOS is `inactive` while it asks whether to open WeChat: only the background counts.
    if (now === "active" && wasAway) send({ type: "foregrounded" });
    if (now !== "inactive") wasAway = now === "background";
  });
  // A login that was restored: this process began in front of the person.
  send({ type: "foregrounded" });
  return {
    signIn: () => send({ type: "started", login: startLogin({ userPoolId: USER_POOL_ID, getPhone: true }) }),
    signOut: () => send({ type: "signedOut" }),
  };
}

/** launchMiniProgram resolves with the answer, which onAnswer has heard; where WeChat does not open it may never settle. */
async function open(path: string): Promise<boolean> {
  if (!(await WeChat.isWXAppInstalled())) return false;
  await WeChat.launchMiniProgram({ userName: APPLET, miniProgramType: 0, path });
  return true;
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
