interface Family {
  help: string;
  values: Map<string, number>;
}

/** Counters in Prometheus' text format: numbers by route, status and error code, nothing of any person. */
export class Metrics {
  readonly #families = new Map<string, Family>();

  /** Adds to a counter. Labels must have few values: each combination is kept. */
  count(name: string, help: string, labels: Readonly<Record<string, string | number>>, value = 1): void {
    let family = this.#families.get(name);
    if (!family) this.#families.set(name, (family = { help, values: new Map() }));
    const key = Object.entries(labels)
      .map(([label, text]) => `${label}="${String(text).replaceAll(/[\\"\n]/g, "_")}"`)
      .join(",");
    family.values.set(key, (family.values.get(key) ?? 0) + value);
  }

  /** https://prometheus.io/docs/instrumenting/exposition_formats/ */
  text(): string {
    const lines: string[] = [];
    for (const [name, { help, values }] of this.#families) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`);
      for (const [labels, value] of values) lines.push(`${name}{${labels}} ${value}`);
    }
    return `${lines.join("\n")}\n`;
  }
}
