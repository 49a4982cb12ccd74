/** An answer that was not a success, or no answer at all (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** The contract's code, such as `request.invalid`. */
    readonly code: string,
    message: string,
    readonly requestId?: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

interface Ask {
  method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  signal?: AbortSignal;
  /** The revision this change was made from. */
  ifMatch?: string | undefined;
}

/** Proves that a request comes from this page, and from the session the page was opened with. */
let proof = "";
let onLost: () => void = () => undefined;

export function setProof(next: string): void {
  proof = next;
}

/** Called when the server no longer knows the session. */
export function whenSessionIsLost(listener: () => void): void {
  onLost = listener;
}

/** Asks the administration of the server that served this page. Rejects with an {@link ApiError}. */
export async function ask<T>(path: string, { method = "GET", query, body, signal, ifMatch }: Ask = {}): Promise<T> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value));
  const url = `/admin/v1${path}${search.size > 0 ? `?${search}` : ""}`;
  const response = await fetch(url, {
    method,
    headers: {
      "x-console": proof || "1",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(ifMatch !== undefined && { "if-match": ifMatch }),
    },
    credentials: "same-origin",
    redirect: "error",
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError(0, "network", "");
  });
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  const refusal = await refused(response);
  if (refusal.status === 401 && path !== "/session") onLost();
  throw refusal;
}

async function refused(response: Response): Promise<ApiError> {
  const reply = (await response.json().catch(() => ({}))) as { error?: string; message?: string; requestId?: string };
  const retryAfter = Number(response.headers.get("retry-after"));
  return new ApiError(
    response.status,
    reply.error ?? "unreadable",
    reply.message ?? "",
    reply.requestId,
    retryAfter > 0 ? retryAfter : undefined,
  );
}
