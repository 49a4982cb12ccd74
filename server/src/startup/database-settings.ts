import { CONNECTIONS } from "../store/postgres";
import { valueOf, type Environment } from "./values";

/** Which database, and how it is used. */
export interface DatabaseSettings {
  databaseUrl: string;
  /** Of PostgreSQL: a standby for what may be a moment old. */
  replicaUrl: string | undefined;
  /** Of PostgreSQL: connections of this process. */
  connections: number;
}

const POSTGRES = /^postgres(ql)?:\/\/./;
const MOST_CONNECTIONS = 500;

/** Reads what `DATABASE_…` says, and adds what is wrong with it to `problems`. */
export function readDatabaseSettings(env: Environment, problems: string[]): DatabaseSettings {
  const get = (name: string): string | undefined => valueOf(env, name, problems);
  const databaseUrl = get("DATABASE_URL") ?? "sqlite:data/app2wxapp.db";
  if (!/^sqlite:./.test(databaseUrl) && !POSTGRES.test(databaseUrl)) {
    problems.push("DATABASE_URL must begin with sqlite: and name a file, or begin with postgres://");
  }
  const replicaUrl = get("DATABASE_REPLICA_URL");
  if (replicaUrl !== undefined && !(POSTGRES.test(replicaUrl) && POSTGRES.test(databaseUrl))) {
    problems.push("DATABASE_REPLICA_URL must begin with postgres://, as DATABASE_URL then must, too");
  }
  const connections = get("DATABASE_POOL") ?? String(CONNECTIONS);
  if (!/^[1-9]\d{0,2}$/.test(connections) || Number(connections) > MOST_CONNECTIONS) {
    problems.push(`DATABASE_POOL must be a number from 1 to ${MOST_CONNECTIONS}`);
  }
  return { databaseUrl, replicaUrl, connections: Number(connections) };
}
