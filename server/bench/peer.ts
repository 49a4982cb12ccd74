import { generateKeyPairSync, randomBytes } from "node:crypto";
import http from "node:http";
import { serve } from "./child";
import { PEER_CLIENT } from "./peer-client";

type Stored = Record<string, unknown> & { grantId?: string };

/** Everything in memory, nothing ever thrown out: what oidc-provider's own adapter does for at most a thousand entries. */
class Memory {
  static readonly #all = new Map<string, Stored>();
  constructor(readonly model: string) {}
  #key(id: string): string {
    return `${this.model}:${id}`;
  }
  async upsert(id: string, payload: Stored): Promise<void> {
    Memory.#all.set(this.#key(id), payload);
  }
  async find(id: string): Promise<Stored | undefined> {
    return Memory.#all.get(this.#key(id));
  }
  async findByUid(): Promise<undefined> {
    return undefined;
  }
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }
  async consume(id: string): Promise<void> {
    const found = Memory.#all.get(this.#key(id));
    if (found) found["consumed"] = Math.floor(Date.now() / 1000);
  }
  async destroy(id: string): Promise<void> {
    Memory.#all.delete(this.#key(id));
  }
  async revokeByGrantId(): Promise<void> {}
}

/** The peer: the authorization-code exchange of oidc-provider, with HS256, the fastest signature it has. */
async function main(): Promise<void> {
  const { default: Provider } = await import("oidc-provider");
  const provider = new Provider("http://127.0.0.1", {
    adapter: Memory,
    clients: [
      {
        client_id: PEER_CLIENT.id,
        client_secret: PEER_CLIENT.secret,
        redirect_uris: [PEER_CLIENT.redirect],
        grant_types: ["authorization_code"],
        response_types: ["code"],
        token_endpoint_auth_method: "client_secret_post",
        id_token_signed_response_alg: "HS256",
      },
    ],
    enabledJWA: { idTokenSigningAlgValues: ["HS256", "ES256"] },
    jwks: { keys: [generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" })] },
    cookies: { keys: [randomBytes(32).toString("hex")] },
    pkce: { required: () => false },
    features: { devInteractions: { enabled: false } },
    findAccount: async (_context: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  });
  const mint = async (count: number): Promise<string[]> => {
    const client = await provider.Client.find(PEER_CLIENT.id);
    const codes: string[] = [];
    for (let n = 0; n < count; n++) {
      const grant = new provider.Grant({ accountId: `person-${n}`, clientId: PEER_CLIENT.id });
      grant.addOIDCScope("openid");
      const code = new provider.AuthorizationCode({
        accountId: `person-${n}`,
        client,
        grantId: await grant.save(),
        redirectUri: PEER_CLIENT.redirect,
        scope: "openid",
        authTime: Math.floor(Date.now() / 1000),
      });
      codes.push(await code.save());
    }
    return codes;
  };
  serve(http.createServer(provider.callback()), { mint });
}

void main();
