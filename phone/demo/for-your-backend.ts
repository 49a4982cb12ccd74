import type { World } from "./world";

/**
 * What a developer's own backend needs to join the demo: its settings, a call that shows whether they are right, and
 * where the app's tickets go.
 */
export function forYourBackend(
  { authOrigin, hostPool }: Pick<World, "authOrigin" | "hostPool">,
  ownBackend: string | undefined,
): string {
  const { pool, secret, tokenKey } = hostPool;
  const at = (call: string) => `${authOrigin}/oauth/${call}/${pool.id}`;
  const keys =
    tokenKey === null
      ? [
          `# Issuer     ${authOrigin}/${pool.id}`,
          `# Discovery  ${authOrigin}/${pool.id}/.well-known/openid-configuration`,
          `# JWKS       ${at("jwks")}`,
        ]
      : [
          `TOKEN_KEYS=${tokenKey}`,
          `# JWKS  ${at("jwks")}`,
          `#       HS256：没有公钥 / no public keys. ES256: npm start -- --tokens ES256`,
        ];
  return [
    `# 给你的后端，到 Ctrl-C 为止 / For your backend, until Ctrl-C`,
    `AUTH_ORIGIN=${authOrigin}`,
    `USER_POOL_ID=${pool.id}`,
    `POOL_SECRET=${secret}`,
    ...keys,
    `# 试一试，答复应是 / Try it, the answer should be {"active":false}`,
    `curl -sS -u ${pool.id}:${secret} -d token=none ${at("introspect")}`,
    ...(ownBackend === undefined
      ? [`# 票据交给你的后端 / Tickets to your own backend`, `npm start -- --backend http://127.0.0.1:3000/login`]
      : [`# 票据交给 / Tickets go to  ${ownBackend}`]),
  ].join("\n");
}
