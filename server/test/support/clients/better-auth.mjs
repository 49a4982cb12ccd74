// A backend with better-auth and nothing of ours: each line on standard input is an idToken as `signIn.social` takes it, each
// line on standard output what it answered. Arguments: the discovery address, the pool's id.
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { genericOAuth } from "better-auth/plugins";
import { decodeJwt } from "jose";
import { createInterface } from "node:readline";

const [discoveryUrl, userPoolId] = process.argv.slice(2);

// docs/openid-connect shows from here
const wechat = genericOAuth({
  config: [
    {
      providerId: "wechat",
      discoveryUrl,
      clientId: userPoolId,
      // better-auth wants an e-mail address of everybody, and WeChat has none to tell. The token is verified before.
      getUserInfo: ({ idToken }) => decodeJwt(idToken),
      mapProfileToUser: ({ sub }) => ({ email: `${sub}@users.invalid` }),
    },
  ],
});
// to here

const auth = betterAuth({
  baseURL: "http://127.0.0.1:9",
  secret: "a-secret-of-this-test-alone-0123456789",
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  logger: { disabled: true },
  telemetry: { enabled: false },
  plugins: [wechat],
});

for await (const line of createInterface(process.stdin)) {
  const answer = await auth.api
    .signInSocial({ body: { provider: "wechat", idToken: JSON.parse(line) } })
    .catch((error) => ({ refused: error.body?.code ?? String(error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
