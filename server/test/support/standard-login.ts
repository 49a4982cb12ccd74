import { expect } from "@jest/globals";
import { createHash, randomBytes } from "node:crypto";
import { stranger, type TestPool, type World } from "./world";

/** A login as a host app begins it, up to the ticket: what a client of OpenID Connect calls an authorization code. */
export interface StandardLogin {
  ticket: string;
  codeVerifier: string;
  nonce: string;
}

/** With PKCE and a nonce; `phone` also asks for the number. */
export async function beginLogin(world: World, pool: TestPool, person = stranger()): Promise<StandardLogin> {
  const codeVerifier = randomBytes(32).toString("base64url");
  const codeChallenge = createHash("sha256").update(codeVerifier).digest("base64url");
  const nonce = randomBytes(16).toString("base64url");
  const ticket = await world.ticket(person, { nonce, codeChallenge }, pool);
  return { ticket, codeVerifier, nonce };
}

/** A `fetch` for clients that takes them into the server in process, under its public https origin and no other. */
export function fetchInto(world: World) {
  return async (url: string, options: { method?: string; headers?: object; body?: unknown }): Promise<Response> => {
    const { origin, pathname, search } = new URL(url);
    expect(origin).toBe("https://auth.example.com");
    const { statusCode, headers, body } = await world.app.inject({
      method: (options.method ?? "GET") as "GET" | "POST",
      url: `${pathname}${search}`,
      headers: {
        ...Object.fromEntries(Object.entries(options.headers ?? {})),
        ...(options.body instanceof URLSearchParams && {
          "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
        }),
      },
      ...(options.body instanceof URLSearchParams && { payload: options.body.toString() }),
    });
    world.secrets.watchJson(body === "" ? {} : JSON.parse(body));
    return new Response(body, { status: statusCode, headers: headers as Record<string, string> });
  };
}
