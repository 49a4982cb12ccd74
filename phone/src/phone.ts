import { createHostBackend } from "@app2wxapp/browser-host/backend";
import type { HostBackend } from "@app2wxapp/browser-host/sign-in";
import type { Wechat, WechatConditions } from "@app2wxapp/wechat";
import { assetRoute } from "./assets";
import { createHttpServer, json, type HttpCall, type HttpReply } from "./http-server";
import type { Journal } from "./journal";
import { relay } from "./relay";
import type { RelayRequest } from "./relay-format";
import type { PhoneSetup } from "./setup";

export interface PhoneOptions {
  /** Folder of the compiled applet. */
  appletFolder: string;
  appId: string;
  /** The name it is registered under. */
  appletName: string;
  /** The auth server, the only place wx.request reaches. */
  authOrigin: string;
  wechat: Wechat;
  host: { appId: string; name: string; userPoolId: string; backend: HostBackend };
  journal: Journal;
}

interface CodeRequest {
  person: string;
  /** Missing: the phone's own applet. */
  appId?: string;
}

interface OtherPool {
  id: string;
  appId?: string;
  secret: string;
}

interface SignInRequest {
  ticket: string;
  codeVerifier?: string;
  other?: OtherPool;
}

/** The phone in the browser: its page, and behind it what WeChat's client and the host app's backend do. */
export function createPhone(options: PhoneOptions) {
  const { appId, authOrigin, wechat, host, journal } = options;
  const { device } = wechat;
  const setup: PhoneSetup = {
    appId,
    appletName: options.appletName,
    ext: { authOrigin },
    people: device.people().map(({ id, name, nameEn }) => ({ id, name, nameEn })),
    host: { appId: host.appId, name: host.name, userPoolId: host.userPoolId },
  };
  wechat.onCall(({ method, path, errcode, milliseconds }) => {
    journal.record({ from: "auth server", to: "WeChat", method, path, status: errcode, milliseconds });
  });

  const calls: Record<string, (body: never) => HttpReply | Promise<HttpReply>> = {
    "/device/login-code": (asked: CodeRequest) => json({ code: device.loginCode(asked.person, asked.appId ?? appId) }),
    "/device/phone-code": (asked: CodeRequest) => json({ code: device.phoneCode(asked.person, asked.appId ?? appId) }),
    "/device/number": ({ person }: { person: string }) => {
      const { phone } = device.person(person);
      return json({
        numbersLeft: wechat.conditions.phoneNumbersLeft,
        masked: phone && `+${phone.countryCode} ${phone.number.slice(0, -8)}****${phone.number.slice(-4)}`,
      });
    },
    "/device/conditions": (conditions: Partial<WechatConditions>) => {
      wechat.change(conditions);
      return json({});
    },
    "/relay": async (request: RelayRequest) => json(await relay(request, { origin: authOrigin, appId, journal })),
    "/host/sign-in": async ({ ticket, codeVerifier, other }: SignInRequest) =>
      json(await (other ? backendOf(other) : host.backend).signIn(ticket, codeVerifier)),
  };

  /** The backend of an app in a pool of the operator's own. */
  const backendOf = ({ id, appId: caller = host.appId, secret }: OtherPool) =>
    createHostBackend({
      origin: authOrigin,
      userPoolId: id,
      ...(secret !== "" && { poolSecret: secret }),
      appId: caller,
      onCall: (call) => journal.record({ from: "host app", to: "auth server", ...call }),
    });

  function act({ method, path, body }: HttpCall) {
    const run = Object.hasOwn(calls, path) ? calls[path] : undefined;
    return method === "POST" ? run?.(body as never) : undefined;
  }

  function look({ method, path }: HttpCall): HttpReply | undefined {
    if (method === "GET" && path === "/setup") return json(setup);
    if (method !== "GET" || path !== "/events") return undefined;
    return {
      stream(response) {
        response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
        response.write(": \n\n");
        response.on(
          "close",
          journal.subscribe((entry) => response.write(`data: ${JSON.stringify(entry)}\n\n`)),
        );
      },
    };
  }

  return createHttpServer([act, look, assetRoute(options.appletFolder)]);
}
