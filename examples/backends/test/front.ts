import http from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { end, listen } from "../../../server/test/support/loopback";

/**
 * What stands between the backends and the auth server: counts what they ask for, can be cut, and publishes a key of its
 * own beside each pool's, so that a test can sign what the auth server never would.
 */
export class Front {
  readonly #server = http.createServer((request, response) => void this.#serve(request, response));
  readonly #key = generateKeyPair("ES256", { extractable: true });
  readonly #asked: string[] = [];
  origin = "";
  /** The auth server's own address. */
  behind = "";
  isCut = false;
  /** Answers with a page that shows what was sent, as a proxy set up wrongly may. */
  isEcho = false;

  async start(): Promise<void> {
    this.origin = await listen(this.#server);
  }

  stop(): Promise<void> {
    return end(this.#server);
  }

  /** How often something with this in its path was asked for. */
  count(path: string): number {
    return this.#asked.filter((one) => one.includes(path)).length;
  }

  /** Signs with the front's own key. */
  async sign(claims: object, kid = "front"): Promise<string> {
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: "ES256", kid }).sign((await this.#key).privateKey);
  }

  async publicJwk() {
    return { ...(await exportJWK((await this.#key).publicKey)), kid: "front", alg: "ES256", use: "sig" };
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { url = "/", method = "GET", headers } = request;
    this.#asked.push(url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.isCut) {
      response.destroy();
      return;
    }
    if (this.isEcho) {
      response.writeHead(200, { "content-type": "text/html" }).end(`<p>${Buffer.concat(chunks).toString("utf8")}</p>`);
      return;
    }
    const passed = ["content-type", "authorization", "accept"].filter((name) => headers[name] !== undefined);
    const answer = await fetch(this.behind + url, {
      method,
      headers: passed.map((name) => [name, String(headers[name])] as [string, string]),
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    let text = await answer.text();
    if (url.includes("/jwks/") && answer.ok) {
      const { keys } = JSON.parse(text) as { keys: object[] };
      text = JSON.stringify({ keys: [...keys, await this.publicJwk()] });
    }
    for (const name of ["content-type", "www-authenticate"]) {
      const value = answer.headers.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    response.writeHead(answer.status).end(text);
  }
}
