import { parseArgs } from "node:util";

export interface Options {
  /** Where the developer's own backend takes tickets. */
  ownBackend?: string;
  /** What the host app's pool signs tokens with. */
  tokenAlgorithm: "HS256" | "ES256";
}

const USAGE =
  "用法 / Usage: npm start -- [--backend http://127.0.0.1:3000/login] [--tokens HS256|ES256]   (PORT, ADMIN_PORT, PHONE_PORT)";

/** What stands behind `npm start --`. Throws an error in words. */
export function optionsOf(args: string[]): Options {
  const { backend, tokens = "HS256" } = parsed(args);
  if (tokens !== "HS256" && tokens !== "ES256") throw wrong(`--tokens ${tokens}: HS256 / ES256`);
  if (backend === undefined) return { tokenAlgorithm: tokens };
  const url = URL.canParse(backend) ? new URL(backend) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw wrong(`--backend ${backend}: http://… / https://…`);
  return { ownBackend: url.href, tokenAlgorithm: tokens };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: { backend: { type: "string" }, tokens: { type: "string" } } }).values;
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

/** Without a stack, which says nothing to who mistyped. */
function wrong(what: string): Error {
  const error = new Error(`${what}\n${USAGE}`);
  error.stack = error.message;
  return error;
}
