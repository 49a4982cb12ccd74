import type { ServerErrorCode } from "@app2wxapp/protocol";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { CallObserver } from "../wechat/transport";
import type { AppletHealth, WeChat } from "../wechat/wechat";
import type { LoginRecords } from "./login-records";

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

  readonly #wechat = new Histogram({
    ...this.#in,
    name: "app2wxapp_wechat_duration_seconds",
    help: "Calls to WeChat; outcome is ok, error (an errcode) or no_answer",
    labelNames: ["endpoint", "outcome"],
    buckets: SECONDS,
  });
  readonly #errcodes = new Counter({
    ...this.#in,
    name: "app2wxapp_wechat_errcodes_total",
    help: "Errcodes of WeChat",
    labelNames: ["endpoint", "errcode"],
  });
  readonly #purged = new Counter({
    ...this.#in,
    name: "app2wxapp_purged_rows_total",
    help: "Expired rows deleted",
  });
  readonly #purgeLag = new Gauge({
    ...this.#in,
    name: "app2wxapp_purge_lag_seconds",
    help: "How long the oldest login in progress is over its time",
  });

  /** To be told of every call to WeChat. */
  readonly wechat: CallObserver = ({ endpoint, outcome, milliseconds }) => {
    const isErrcode = outcome !== "ok" && outcome !== "no_answer";
    this.#wechat.observe({ endpoint, outcome: isErrcode ? "error" : outcome }, milliseconds / 1000);
    if (isErrcode) this.#errcodes.inc({ endpoint, errcode: outcome });
  };

  /** Asks at each scrape for what is counted elsewhere: calls to WeChat now, and records that were dropped. */
  watch(wechat: WeChat, records: LoginRecords): void {
    const sum = (of: (health: AppletHealth) => number) => () => wechat.health().reduce((all, one) => all + of(one), 0);
    const paused = sum(({ state }) => Number(state === "paused"));
    this.#gauge("app2wxapp_wechat_paused_applets", "Applets whose calls pause after failures", paused);
    this.#gauge(
      "app2wxapp_wechat_running_calls",
      "Calls to WeChat under way",
      sum(({ running }) => running),
    );
    this.#gauge(
      "app2wxapp_wechat_waiting_calls",
      "Calls to WeChat that wait for a slot",
      sum(({ waiting }) => waiting),
    );
    const dropped = "Login events and figures since the start that the database did not take";
    this.#gauge("app2wxapp_login_records_dropped", dropped, () => records.dropped);
  }

  #gauge(name: string, help: string, valueOf: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [], collect: () => gauge.set(valueOf()) });
    this.registry.registerMetric(gauge);
  }

  purged(rows: number, lagMilliseconds: number): void {
    this.#purged.inc(rows);
    this.#purgeLag.set(lagMilliseconds / 1000);
  }

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
