import * as crypto from "node:crypto";
import * as path from "node:path";

export type UploadKey = { pem: string } | { problem: string };

/**
 * The code upload key, from the file WECHAT_UPLOAD_KEY_PATH names or from WECHAT_UPLOAD_KEY itself. No problem it names
 * holds any of the key.
 */
export function uploadKey(
  env: NodeJS.ProcessEnv,
  appId: string | undefined,
  read: (file: string) => string,
): UploadKey {
  const { WECHAT_UPLOAD_KEY: text, WECHAT_UPLOAD_KEY_PATH: file } = env;
  if (text && file) return { problem: "WECHAT_UPLOAD_KEY and WECHAT_UPLOAD_KEY_PATH are both set; keep one" };
  if (text) return checked(text, "WECHAT_UPLOAD_KEY");
  if (!file) {
    return { problem: "the code upload key is missing: set WECHAT_UPLOAD_KEY_PATH to its file, or WECHAT_UPLOAD_KEY" };
  }
  // WeChat names the file it hands out private.<AppID>.key
  const owner = /^private\.(wx\w+)\.key$/.exec(path.basename(file))?.[1];
  if (owner && appId && owner !== appId) return { problem: `the key ${file} is that of ${owner}, not of ${appId}` };
  try {
    return checked(read(file), `the file ${file}`);
  } catch (error) {
    return { problem: `the key cannot be read: ${(error as Error).message}` };
  }
}

/** The environment for what needs no key. */
export function withoutUploadKey(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const rest = { ...env };
  delete rest["WECHAT_UPLOAD_KEY"];
  delete rest["WECHAT_UPLOAD_KEY_PATH"];
  return rest;
}

function checked(text: string, source: string): UploadKey {
  // Many CI systems keep a secret on one line, with \n written out.
  const pem = text.replaceAll("\\n", "\n");
  try {
    if (crypto.createPrivateKey(pem).asymmetricKeyType === "rsa") return { pem };
  } catch {
    // What the parser says of it could quote it.
  }
  return { problem: `${source} does not hold the private key that WeChat's console gave (PEM, RSA)` };
}
