import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** Where a value is kept. Bound into the ciphertext: one moved to another row or column does not open. */
export interface Place {
  purpose: "wechat-app-secret" | "wechat-access-token" | "token-key" | "canary";
  row: string;
}

/** Seals what must be read again (AppSecrets, access tokens, token keys) under a key derived from the master key. */
export interface Vault {
  seal(place: Place, clear: string): string;
  /** Throws when the text was sealed elsewhere, under no master key it knows, or was changed. */
  open(place: Place, sealed: string): string;
  /** The same secret under the present master key; undefined when it is that already. Throws as {@link open} does. */
  reseal(place: Place, sealed: string): string | undefined;
  /** Names something without telling what: an HMAC that nobody without the master key can make or search for. */
  digest(purpose: "limit", text: string): string;
}

const VERSION = "v1";

/**
 * AES-256-GCM with a random 96-bit nonce; one HKDF-SHA-256 key per purpose. A former master key still opens what it
 * sealed; nothing is sealed under it any more.
 */
export function createVault(masterKey: string, formerMasterKey?: string): Vault {
  const present = cipherOf(masterKey);
  const former = formerMasterKey === undefined ? undefined : cipherOf(formerMasterKey);
  const opened = (place: Place, sealed: string): { clear: string; isFormer: boolean } => {
    try {
      return { clear: present.open(place, sealed), isFormer: false };
    } catch (error) {
      if (!former) throw error;
      return { clear: former.open(place, sealed), isFormer: true };
    }
  };
  return {
    seal: (place, clear) => present.seal(place, clear),
    open: (place, sealed) => opened(place, sealed).clear,
    reseal(place, sealed) {
      const { clear, isFormer } = opened(place, sealed);
      return isFormer ? present.seal(place, clear) : undefined;
    },
    digest: (purpose, text) => createHmac("sha256", present.keyOf(purpose)).update(text).digest("base64url"),
  };
}

/** Sealing under one master key. */
function cipherOf(masterKey: string) {
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
    keyOf,
    seal(place: Place, clear: string): string {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", keyOf(place.purpose), nonce).setAAD(bound(place));
      const text = Buffer.concat([cipher.update(clear, "utf8"), cipher.final()]);
      return [VERSION, ...[nonce, text, cipher.getAuthTag()].map((part) => part.toString("base64url"))].join(".");
    },
    open(place: Place, sealed: string): string {
      const [version, ...parts] = sealed.split(".");
      const [nonce, text, tag] = parts.map((part) => Buffer.from(part, "base64url"));
      if (version !== VERSION || !nonce || !text || tag?.length !== 16) throw new Error("not a sealed value");
      const decipher = createDecipheriv("aes-256-gcm", keyOf(place.purpose), nonce, { authTagLength: 16 });
      decipher.setAAD(bound(place)).setAuthTag(tag);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
    },
  };
}
