import { startLogin, take } from "@app2wxapp/launch";
import type { TestWorld } from "../../../phone/automation/test-world";
import { createPool, hostPool } from "../../../phone/demo/pools";
import { HOST_APP } from "../../../phone/demo/world";
import { BackendProcess, type Program } from "./backend-process";

/** What every backend answers to {@link signInFromPhone}. */
export const SIGNED_IN_AND_OUT = {
  phone: "13800138000",
  login: 200,
  me: 200,
  resource: 200,
  logout: 204,
  afterwards: 401,
};

/** A newcomer signs in with an app that has this backend, by the applet in the browser phone, and out again. */
export async function signInFromPhone(program: Program, world: TestWorld): Promise<object> {
  const { phone, authOrigin, adminOrigin, adminToken } = world;
  const settings = hostPool(HOST_APP, { requirePkce: true, tokenAlgorithm: "ES256" });
  const { pool, secret } = await createPool(adminOrigin, adminToken, settings);
  const env = { AUTH_ORIGIN: authOrigin, USER_POOL_ID: pool.id, POOL_SECRET: secret };
  const backend = await BackendProcess.start(program, env);
  try {
    await phone.renew({ person: "lin", questions: "allow" });
    const login = startLogin({ userPoolId: pool.id, getPhone: true });
    await phone.do("open", { path: `/${login.path}`, scene: 1069, caller: HOST_APP.appId });
    await phone.tap("allow-phone");
    await phone.tap("confirm");
    const answer = take(login, await phone.returned());
    if (answer.outcome !== "granted") throw new Error(`the applet returned: ${answer.outcome}`);

    const { ticket, codeVerifier } = answer;
    const { status, body, headers } = await backend.login({ ticket, codeVerifier, state: login.state });
    const session = (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const { user, token } = body as { user?: { phone: string }; token?: string };
    return {
      phone: user?.phone,
      login: status,
      me: (await backend.me(session)).status,
      resource: (await backend.resource(String(token))).status,
      logout: (await backend.logout(session)).status,
      afterwards: (await backend.me(session)).status,
    };
  } finally {
    await backend.stop();
  }
}
