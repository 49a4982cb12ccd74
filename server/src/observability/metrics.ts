import type { ServerErrorCode } from "@app2wxapp/protocol";
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * What Prometheus reads: durations, numbers and states by route, error code and endpoint, nothing of any person. Labels
 * are patterns and codes, never what a client sent, so there are few.
 * https://prometheus.io/docs/practices/naming/
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #in = { registers: [this.registry] };

  readonly #requests = new Counter({
    ...this.#in,
    name: "app2wxapp_requests_total",
    help: "Requests answered",
    labelNames: ["method", "route", "status"],
  });
  readonly #durations = new Histogram({
    ...this.#in,
    name: "app2wxapp_request_duration_seconds",
    help: "From the head of a request to the end of its answer; outcome is ok, refused (the client's affair) or failed (ours, or WeChat's)",
    labelNames: ["method", "route", "outcome"],
    buckets: SECONDS,
  });
  readonly #refusals = new Counter({
    ...this.#in,
    name: "app2wxapp_refusals_total",
    help: "Requests refused, by error code",
    labelNames: ["method", "route", "error"],
  });

  readonly #database = new Histogram({
    ...this.#in,
    name: "app2wxapp_database_seconds",
    help: "How long a transaction waited for its turn (wait) and then took, commit included (run)",
    labelNames: ["phase"],
    buckets: SECONDS,
  });

  /** To be told by the store of every transaction. */
  readonly database = (phase: "wait" | "run", seconds: number): void => this.#database.observe({ phase }, seconds);

  /** `route` is a pattern, not an address. */
  answered(method: string, route: string, status: number, error: ServerErrorCode | null, milliseconds: number): void {
    this.#requests.inc({ method, route, status });
    this.#durations.observe({ method, route, outcome: outcomeOf(status, error) }, milliseconds / 1000);
    if (error !== null) this.#refusals.inc({ method, route, error });
  }

  /** What Node tells of the process: memory, CPU, garbage collection, how late the event loop is. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }
}

function outcomeOf(status: number, error: ServerErrorCode | null): "ok" | "refused" | "failed" {
  if (status >= 500) return "failed";
  return error === null && status < 400 ? "ok" : "refused";
}
