import type { UserLines } from "./user-lines";

export interface Destination {
  /** Where administration listens. */
  origin: string;
  userPoolId: string;
  /** An owner's. */
  adminToken: string;
  dryRun: boolean;
  /** Told after each request how many users were answered. */
  onProgress?: (done: number) => void;
  wait?: (milliseconds: number) => Promise<void>;
}

export interface Imported {
  new: number;
  known: number;
}

/** As many as one request may carry. */
const BATCH = 200;
const TRIES = 5;

/**
 * Sends users to the administration of a server that runs. Whoever is known already is left alone, so all of it may be sent
 * again, after a failure as well.
 */
export async function sendUsers(users: UserLines["users"], destination: Destination): Promise<Imported> {
  const imported: Imported = { new: 0, known: 0 };
  for (let start = 0; start < users.length; start += BATCH) {
    const batch = users.slice(start, start + BATCH);
    for (const { outcome } of await sendBatch(batch, destination)) imported[outcome] += 1;
    destination.onProgress?.(start + batch.length);
  }
  return imported;
}

async function sendBatch(
  users: UserLines["users"],
  { origin, userPoolId, adminToken, dryRun, wait = pause }: Destination,
): Promise<{ outcome: keyof Imported }[]> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(`${origin}/admin/v1/pools/${userPoolId}/users/import`, {
      method: "POST",
      headers: { "content-type": "application/json", "accept-language": "en", authorization: `Bearer ${adminToken}` },
      body: JSON.stringify({ users, dryRun }),
    });
    const reply = (await response.json()) as { results: { outcome: keyof Imported }[]; message?: string };
    if (response.ok) return reply.results;
    const isTooEarly = response.status === 429 || response.status === 503;
    if (!isTooEarly || tries === TRIES) throw new Error(`${response.status} ${reply.message}`);
    await wait(Number(response.headers.get("retry-after") ?? 1) * 1000);
  }
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((done) => setTimeout(done, milliseconds));
}
