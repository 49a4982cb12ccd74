/** Fields whose values must never be logged, by their names on the wire. */
const SECRET_FIELDS = new Set([
  "ticket",
  "tickett",
  "attempt",
  "account",
  "code",
  "phoneCode",
  "codeVerifier",
  "code_verifier",
  "secret",
  "client_secret",
  "tokenKey",
  "token",
  "wechatAppSecret",
  "session_key",
  "access_token",
  "id_token",
  "phone_number",
]);

/** Keeps all log lines and every secret that went through a test, and finds the one in the other. */
export class SecretWatch {
  readonly #lines: string[] = [];
  readonly #secrets = new Set<string>();

  write(line: string): void {
    this.#lines.push(line);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  get known(): ReadonlySet<string> {
    return this.#secrets;
  }

  watch(...secrets: string[]): void {
    // Shorter ones would be found in anything.
    for (const secret of secrets) if (secret.length >= 8) this.#secrets.add(secret);
  }

  /** Watches the secret fields of a body, however deep, and of JSON inside its texts. */
  watchJson(value: unknown, name = ""): void {
    if (typeof value === "string") {
      // A pool's setting and a person's number are both called phone; a masked number may be told.
      const isSecret = name === "phone" ? /^\+?\d+$/.test(value) : SECRET_FIELDS.has(name);
      if (isSecret) this.watch(value);
      if (value.startsWith("{")) this.watchJson(JSON.parse(value));
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) this.watchJson(inner, key);
    }
  }

  /** Secrets that were logged, each with a line it stands in. */
  found(): { secret: string; line: string }[] {
    const output = this.#lines.join("\n");
    return [...this.#secrets]
      .filter((secret) => output.includes(secret))
      .map((secret) => ({ secret, line: this.#lines.find((line) => line.includes(secret)) ?? "" }));
  }
}
