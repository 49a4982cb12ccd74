import { expect } from "@jest/globals";
import type { LightMyRequestResponse } from "fastify";

interface Description {
  paths: Record<string, Record<string, { responses: Record<string, { content?: object }> }>>;
}

/** Holds what the descriptions of the interface say: a call is refused in no other way. */
export class DescribedRefusals {
  readonly #calls: { method: string; path: RegExp; answers: Record<string, string> }[];

  constructor(descriptions: string[]) {
    const paths = descriptions.flatMap((text) => Object.entries((JSON.parse(text) as Description).paths));
    this.#calls = paths.flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => ({
        method: method.toUpperCase(),
        path: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
        answers: Object.fromEntries(
          Object.entries(responses).map(([status, { content }]) => [status, JSON.stringify(content ?? {})]),
        ),
      })),
    );
  }

  check(method: string, url: string, { statusCode: status, body }: LightMyRequestResponse): void {
    if (status < 400 || !body.startsWith("{")) return;
    const path = url.replace(/\?.*$/, "");
    const call = this.#calls.find((one) => one.method === method && one.path.test(path));
    const { error, reason = error } = JSON.parse(body) as { error?: string; reason?: string };
    if (!call || reason === undefined) return;
    const told = call.answers[String(status)]?.includes(`"${reason}"`);
    expect({ method, path, status, reason, told }).toMatchObject({ told: true });
  }
}
