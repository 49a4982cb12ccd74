// A backend with Auth.js and nothing of ours: each line on standard input is {ticket, codeVerifier, nonce} as an app sends it,
// each line on standard output who has a session then. Arguments: the issuer, the pool's id, its secret.
import { Auth, skipCSRFCheck } from "@auth/core";
import Credentials from "@auth/core/providers/credentials";
import * as client from "openid-client";
import { createInterface } from "node:readline";

const [issuer, userPoolId, poolSecret] = process.argv.slice(2);
// Loopback is plain http.
const options = { execute: [client.allowInsecureRequests] };

// docs/openid-connect shows from here
const server = await client.discovery(new URL(issuer), userPoolId, poolSecret, undefined, options);

const wechat = Credentials({
  credentials: { ticket: {}, codeVerifier: {}, nonce: {} },
  async authorize({ ticket, codeVerifier, nonce }) {
    const answer = new URL("https://app.invalid");
    answer.searchParams.set("code", String(ticket));
    const checks = { pkceCodeVerifier: codeVerifier, expectedNonce: nonce, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(server, answer, checks).catch(() => null);
    const claims = tokens?.claims();
    return claims ? { id: claims.sub, name: claims.name, image: claims.picture } : null;
  },
});
// to here

const ORIGIN = "http://backend.invalid";
const config = {
  basePath: "/auth",
  providers: [wechat],
  secret: "a-secret-of-this-test-alone-0123456789",
  trustHost: true,
  skipCSRFCheck,
  logger: { error: () => undefined },
  callbacks: { session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub } }) },
};

for await (const line of createInterface(process.stdin)) {
  const signIn = new Request(`${ORIGIN}/auth/callback/credentials`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(JSON.parse(line)),
  });
  const { headers } = await Auth(signIn, config);
  const cookie = headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const session = await Auth(new Request(`${ORIGIN}/auth/session`, { headers: { cookie } }), config);
  process.stdout.write(`${JSON.stringify(await session.json())}\n`);
}
