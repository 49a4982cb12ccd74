import { SettingsError, type Settings } from "./settings";
import { StoreUnavailable } from "../store/store";

/**
 * Why the server could not start, in one line that names what to change and never repeats an address or a password.
 * Undefined: no failure of the surroundings but ours, which needs its stack.
 */
export function startProblem(
  step: "database" | "listening" | "administration",
  error: unknown,
  settings: Pick<Settings, "databaseUrl"> & Partial<Pick<Settings, "port" | "adminPort">>,
): string | undefined {
  if (error instanceof SettingsError) return error.message;
  if (step === "listening") return listeningProblem(codeOf(error), "", settings.port);
  if (step === "administration") return listeningProblem(codeOf(error), "ADMIN_", settings.adminPort);
  const problem = settings.databaseUrl.startsWith("sqlite:") ? fileProblem(error) : postgresProblem(error);
  return problem === undefined ? undefined : `DATABASE_URL: ${problem}`;
}

function listeningProblem(code: string | undefined, prefix: string, port: number | undefined): string | undefined {
  if (code === undefined) return undefined;
  const name = `${prefix}PORT`;
  if (code === "EADDRINUSE") return `${name} ${port} is taken: stop the other program or set ${name}`;
  if (code === "EACCES") return `${name} ${port} may not be used (EACCES): set ${name} to one above 1023`;
  return /^E[A-Z_]+$/.test(code) ? `${prefix}HOST cannot be used (${code})` : undefined;
}

function fileProblem(error: unknown): string | undefined {
  if (error instanceof StoreUnavailable) return `the file cannot be used (${error.reason})`;
  const { errcode } = error as { errcode?: unknown };
  if (typeof errcode === "number") {
    // Primary result codes: https://sqlite.org/rescode.html
    const primary = errcode & 0xff;
    if (primary === 26) return "the file is not a SQLite database";
    return NOT_OURS.has(primary) ? `the file cannot be opened (SQLite ${primary})` : undefined;
  }
  const code = codeOf(error);
  return code !== undefined && /^E[A-Z_]+$/.test(code) ? `the file cannot be opened (${code})` : undefined;
}

/** Permission, locks, memory, disk, corruption and the path; the others tell of a wrong statement. */
const NOT_OURS = new Set([3, 5, 6, 7, 8, 10, 11, 13, 14, 23]);

/** SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function postgresProblem(error: unknown): string | undefined {
  if (error instanceof StoreUnavailable && error.reason === "25006") {
    return "PostgreSQL is read-only here (25006): name the primary, not a standby";
  }
  if (error instanceof StoreUnavailable) return `PostgreSQL cannot be reached (${error.reason})`;
  const code = codeOf(error);
  if (code === undefined) return unnamedProblem(error);
  if (code === "ERR_INVALID_URL") return "this is no address (percent-encode user and password)";
  if (code.startsWith("28")) return `PostgreSQL refuses the user or the password (${code})`;
  if (code === "3D000") return "PostgreSQL has no such database (3D000)";
  if (code === "42501") return "PostgreSQL does not let the user make tables (42501)";
  // A certificate's problem has a word for a code, a statement's has a SQLSTATE.
  return /^[A-Z]+(_[A-Z]+)*$/.test(code) ? `PostgreSQL cannot be reached (${code})` : undefined;
}

/** node-postgres gives these no code. */
function unnamedProblem(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : "";
  if (message.includes("does not support SSL")) return "PostgreSQL offers no TLS, which the address asks for";
  return /^SASL:.*password/.test(message) ? "PostgreSQL asks for a password" : undefined;
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}
