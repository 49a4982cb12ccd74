import { runLogin, startLogin } from "@app2wxapp/launch";
import { answerFrom } from "@app2wxapp/launch/uni-app";
// #ifdef APP-HARMONY
import { openApplet, onAnswer, randomBytes } from "@/uni_modules/wechat-applet";
// #endif

const APPLET = "gh_a781a791e29e"; // the applet's original id
const USER_POOL_ID = "5e4cdd055df3df65dc58b97d";
const BACKEND = "https://app.example.com/sign-in";
const KEY = "login";

/** The app's login. `show` hears where it stands, at once and after each change; `cameToFront` belongs into App.onShow. */
export function createLogin(show) {
  const send = runLogin(
    {
      save: (login) => (login ? uni.setStorageSync(KEY, login) : uni.removeStorageSync(KEY)),
      open,
      exchange,
      show,
      ignored: (reason) => console.warn(`login: ignored, ${reason}`),
    },
    uni.getStorageSync(KEY),
  );
  // #ifdef APP-HARMONY
  onAnswer((text) => send({ type: "answered", text }));
  // #endif
  return {
    signIn: () =>
      send({ type: "started", login: startLogin({ userPoolId: USER_POOL_ID, getPhone: true }, { getRandomValues }) }),
    signOut: () => send({ type: "signedOut" }),
    cameToFront() {
      // #ifdef APP-PLUS
      hear(plus.runtime.arguments);
      // #endif
      send({ type: "foregrounded" });
    },
  };

  /** The string comes by the callback, or by the runtime's arguments, or by both: it counts once. */
  function hear(value) {
    const text = answerFrom(value);
    if (text) send({ type: "answered", text });
  }

  function open(path) {
    let opening;
    // #ifdef APP-HARMONY
    opening = openApplet(APPLET, path);
    // #endif
    // #ifdef APP-PLUS
    opening = new Promise((resolve) => {
      plus.share.getServices(
        (services) => {
          const weixin = services.find(({ id }) => id === "weixin");
          if (!weixin || !weixin.nativeClient) return resolve(false);
          weixin.launchMiniProgram({ id: APPLET, path, type: 0 }, hear, () => resolve(false));
        },
        () => resolve(false),
      );
    });
    // #endif
    return opening;
  }
}

/** JavaScript of a uni-app has no crypto: the system's random bytes come from native code. */
function getRandomValues(array) {
  // #ifdef APP-HARMONY
  array.set(randomBytes(array.length));
  // #endif
  // #ifdef APP-PLUS
  array.set(plus.os.name === "Android" ? androidBytes(array.length) : iosBytes(array.length));
  // #endif
  return array;
}

// #ifdef APP-PLUS
function androidBytes(count) {
  const SecureRandom = plus.android.importClass("java.security.SecureRandom");
  const random = new SecureRandom();
  return Array.from({ length: count }, () => random.nextInt(256));
}

/** What a script can reach on iOS: the first 6 bytes of a random UUID are all random. */
function iosBytes(count) {
  const NSUUID = plus.ios.importClass("NSUUID");
  const bytes = [];
  while (bytes.length < count) {
    const hex = String(plus.ios.invoke(NSUUID.UUID(), "UUIDString")).replace(/-/g, "");
    for (let i = 0; i < 12; i += 2) bytes.push(parseInt(hex.slice(i, i + 2), 16));
  }
  return bytes.slice(0, count);
}
// #endif

function exchange(ticket, codeVerifier) {
  return new Promise((resolve, reject) => {
    uni.request({
      url: BACKEND,
      method: "POST",
      data: { ticket, codeVerifier },
      // The backend answers with a session of its own; keep it where the app keeps its sessions.
      success: ({ statusCode }) => (statusCode === 200 ? resolve() : reject(new Error(`sign-in: ${statusCode}`))),
      fail: () => reject(new Error("sign-in: no network")),
    });
  });
}
