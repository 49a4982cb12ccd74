import { Pool } from "undici";

export interface Call {
  method: "GET" | "POST";
  path: string;
  body?: object;
  type?: "json" | "form";
}

/** What a run of calls came to; times in milliseconds. */
export interface Run {
  perSecond: number;
  p50: number;
  p99: number;
  /** All of them, shortest first. */
  times: readonly number[];
  /** The answers' bodies, in no order. */
  bodies: string[];
}

/**
 * Sends all calls, so many at a time, and takes the time of each. Each call claims another address, as behind a proxy, or
 * the limits per address would be what is measured. Anything but 200 is an error: a refusal is quick.
 */
export async function load(origin: string, connections: number, calls: readonly Call[]): Promise<Run> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const times: number[] = [];
  const bodies: string[] = [];
  const rest = calls.values();
  const startedAt = performance.now();
  try {
    await Promise.all(
      Array.from({ length: connections }, async () => {
        for (const call of rest) {
          const sentAt = performance.now();
          bodies.push(await send(pool, call));
          times.push(performance.now() - sentAt);
        }
      }),
    );
  } finally {
    await pool.close();
  }
  const seconds = (performance.now() - startedAt) / 1000;
  times.sort((a, b) => a - b);
  return { perSecond: calls.length / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99), times, bodies };
}

let address = 0;

/** With undici's dispatch, which costs the load's processor half of what a response with streams does. */
function send(pool: Pool, { method, path, body, type = "json" }: Call): Promise<string> {
  address++;
  const text =
    body && (type === "json" ? JSON.stringify(body) : new URLSearchParams(body as Record<string, string>).toString());
  const headers = {
    "x-forwarded-for": `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`,
    ...(text !== undefined && {
      "content-type": type === "json" ? "application/json" : "application/x-www-form-urlencoded",
    }),
  };
  return new Promise((resolve, reject) => {
    let status = 0;
    let answer = "";
    pool.dispatch(
      { method, path, headers, body: text ?? null },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, statusCode) => void (status = statusCode),
        onResponseData: (_controller, chunk) => void (answer += chunk.toString("utf8")),
        onResponseEnd: () => {
          if (status === 200) resolve(answer);
          else reject(new Error(`${method} ${path} answered ${status}: ${answer.slice(0, 200)}`));
        },
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

/** How often runs are repeated: at least twice, and then as long as there is time. */
export class Rounds {
  #done = -1;
  readonly #endAt: number;

  constructor(
    readonly most: number,
    seconds: number,
  ) {
    this.#endAt = performance.now() + seconds * 1000;
  }

  /** The number of the next round, from 0, which only warms up; undefined when it is over. */
  next(): number | undefined {
    const late = this.#done >= 2 && performance.now() > this.#endAt;
    return late || this.#done === this.most ? undefined : ++this.#done;
  }
}

/** Of numbers in order. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function median(numbers: readonly number[]): number {
  return quantile(
    [...numbers].toSorted((a, b) => a - b),
    0.5,
  );
}
