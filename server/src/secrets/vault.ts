import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** Where a value is kept. Bound into the ciphertext: one moved to another row or column does not open. */
export interface Place {
  purpose: "wechat-app-secret" | "wechat-access-token" | "token-key" | "canary";
  row: string;
}

/** Seals what must be read again (AppSecrets, access tokens, token keys) under a key derived from the master key. */
export interface Vault {
  seal(place: Place, clear: string): string;
  /** Throws when the text was sealed elsewhere, under another master key, or was changed. */
  open(place: Place, sealed: string): string;
  /** Names something without telling what: an HMAC that nobody without the master key can make or search for. */
  digest(purpose: "limit", text: string): string;
}

const VERSION = "v1";

/** AES-256-GCM with a random 96-bit nonce; one HKDF-SHA-256 key per purpose. */
export function createVault(masterKey: string): Vault {
  const keys = new Map<string, Buffer>();
  const keyOf = (purpose: string): Buffer => {
    let key = keys.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync("sha256", masterKey, "app2wxapp", purpose, 32));
      keys.set(purpose, key);
    }
    return key;
  };
  const bound = (place: Place): Buffer => Buffer.from(`${VERSION}|${place.purpose}|${place.row}`);

  return {
    seal(place, clear) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", keyOf(place.purpose), nonce).setAAD(bound(place));
      const text = Buffer.concat([cipher.update(clear, "utf8"), cipher.final()]);
      return [VERSION, ...[nonce, text, cipher.getAuthTag()].map((part) => part.toString("base64url"))].join(".");
    },
    open(place, sealed) {
      const [version, ...parts] = sealed.split(".");
      const [nonce, text, tag] = parts.map((part) => Buffer.from(part, "base64url"));
      if (version !== VERSION || !nonce || !text || tag?.length !== 16) throw new Error("not a sealed value");
      const decipher = createDecipheriv("aes-256-gcm", keyOf(place.purpose), nonce, { authTagLength: 16 });
      decipher.setAAD(bound(place)).setAuthTag(tag);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
    },
    digest: (purpose, text) => createHmac("sha256", keyOf(purpose)).update(text).digest("base64url"),
  };
}
