import fs from "node:fs";
import path from "node:path";
import type { Answer, Login, LoginEffect, LoginEvent, LoginRequest, LoginState } from "../src";

/** What `vectors/` holds: facts that every implementation of these rules, in whatever language, is held to. */
export interface LaunchVectors {
  sha256: { ascii: string; sha256: string }[];
  logins: {
    name: string;
    request: LoginRequest;
    stateBytes: string;
    verifierBytes: string;
    now: number;
    login: Login;
  }[];
}

export interface AnswerVectors {
  login: Login;
  now: number;
  returned: { text: string; fields: Record<string, string>; answer: Answer }[];
  cases: { name: string; text: unknown; login?: Login | null; now?: number; answer: Answer }[];
}

export interface EventVectors {
  start: number;
  logins: Record<"A" | "B", Login>;
  sequences: { name: string; steps: EventVector[] }[];
}

export interface EventVector {
  event: { type: "started"; login: "A" | "B" } | { type: "restarted" } | Exclude<LoginEvent, { type: "started" }>;
  now?: number;
  phase: LoginState["phase"];
  notice: LoginState["notice"];
  effect: LoginEffect | null;
}

export interface ShuffleVectors {
  orders: number;
  events: string[];
  signedIn: number;
  signedOut: number;
  hash: string;
}

const read = (name: string) =>
  JSON.parse(fs.readFileSync(path.join(__dirname, "../vectors", `${name}.json`), "utf8")) as unknown;

export const LAUNCH = read("launch") as LaunchVectors;
export const ANSWERS = read("answers") as AnswerVectors;
export const EVENTS = read("events") as EventVectors;
export const SHUFFLES = read("shuffles") as ShuffleVectors;
