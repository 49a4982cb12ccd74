interface Answered {
  method: string;
  route: string;
  status: number;
  requests: number;
  seconds: number;
}

/** Counters in Prometheus' text format: numbers by route and status, nothing of any person. */
export class Metrics {
  readonly #answered = new Map<string, Answered>();

  /** `route` is a pattern, not an address, so there are few. */
  count(method: string, route: string, status: number, milliseconds: number): void {
    const key = `${method} ${route} ${status}`;
    let answered = this.#answered.get(key);
    if (!answered) this.#answered.set(key, (answered = { method, route, status, requests: 0, seconds: 0 }));
    answered.requests++;
    answered.seconds += milliseconds / 1000;
  }

  /** https://prometheus.io/docs/instrumenting/exposition_formats/ */
  text(): string {
    return [
      ...this.#family("app2wxapp_requests_total", "Requests answered", ({ requests }) => requests),
      ...this.#family("app2wxapp_request_seconds_total", "Time spent on them", ({ seconds }) => seconds),
      "",
    ].join("\n");
  }

  #family(name: string, help: string, valueOf: (answered: Answered) => number): string[] {
    const lines = [...this.#answered.values()].map((answered) => {
      const { method, route, status } = answered;
      return `${name}{method="${method}",route="${route}",status="${status}"} ${valueOf(answered)}`;
    });
    return [`# HELP ${name} ${help}`, `# TYPE ${name} counter`, ...lines];
  }
}
