import type { HostBackend } from "./sign-in";

export interface OwnBackendOptions {
  /** Where it takes tickets, such as `http://127.0.0.1:3000/login`. */
  url: string;
  /** Told of each call: path without query, and HTTP status. */
  onCall?: (call: { method: string; path: string; status: number; milliseconds: number }) => void;
  /** How long it may take. */
  patienceMs?: number;
}

const SHOWN_CHARACTERS = 4000;

/** A backend that the developer is writing: it gets what the app would send it, and what it answers is shown, not judged. */
export function createOwnBackend({ url, onCall, patienceMs = 10_000 }: OwnBackendOptions): HostBackend {
  return {
    async signIn(ticket, codeVerifier) {
      const startedAt = performance.now();
      try {
        const response = await fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json", accept: "application/json" },
          body: JSON.stringify({ ticket, codeVerifier }),
          // A ticket goes where the developer said, nowhere else.
          redirect: "manual",
          signal: AbortSignal.timeout(patienceMs),
        });
        const body = (await response.text()).slice(0, SHOWN_CHARACTERS);
        const { status } = response;
        onCall?.({ method: "POST", path: new URL(url).pathname, status, milliseconds: performance.now() - startedAt });
        return { answer: { status, body } };
      } catch (error) {
        return { error: `${reasonOf(error)}: ${url}` };
      }
    },
  };
}

/** `ECONNREFUSED`, say; fetch itself says only that it failed. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? (name === "TimeoutError" ? name : message);
}
