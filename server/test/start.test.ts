import { expect, test } from "@jest/globals";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startProblem } from "../src/startup/start-problem";
import { StoreUnavailable } from "../src/store/store";
import { newDatabase } from "./support/databases";
import { ServerProcess, startComplaint } from "./support/server-process";

test("a server whose port is taken ends and says which", async () => {
  const database = await newDatabase("sqlite");
  const first = await ServerProcess.start({ DATABASE_URL: database.url });
  const { port } = new URL(first.origin);
  const free = await newDatabase("sqlite");
  expect(await startComplaint({ DATABASE_URL: free.url, PORT: port })).toBe(
    `the server ended: PORT ${port} is taken: stop the other program or set PORT`,
  );
  const adminPort = new URL(first.adminOrigin).port;
  const second = await newDatabase("sqlite");
  expect(await startComplaint({ DATABASE_URL: second.url, ADMIN_PORT: adminPort })).toBe(
    `the server ended: ADMIN_PORT ${adminPort} is taken: stop the other program or set ADMIN_PORT`,
  );
  await first.stop();
  await database.drop();
  await second.drop();
  await free.drop();
});

test("a second server on one SQLite file ends and says so; once the first is gone, however it went, the next one starts", async () => {
  const database = await newDatabase("sqlite");
  const first = await ServerProcess.start({ DATABASE_URL: database.url });
  expect(await startComplaint({ DATABASE_URL: database.url })).toBe(
    "the server ended: DATABASE_URL: another server uses this SQLite file: stop it first, or use PostgreSQL for several",
  );
  expect((await fetch(`${first.origin}/readyz`)).status).toBe(200);
  await first.stop("SIGKILL");
  const next = await ServerProcess.start({ DATABASE_URL: database.url });
  expect(await next.stop()).toBe(0);
  await database.drop();
});

test("a server whose host is not this machine's ends and says so", async () => {
  const database = await newDatabase("sqlite");
  // TEST-NET-1, which no machine has: RFC 5737.
  expect(await startComplaint({ DATABASE_URL: database.url, HOST: "192.0.2.1" })).toBe(
    "the server ended: HOST cannot be used (EADDRNOTAVAIL)",
  );
  await database.drop();
});

test("a server whose database cannot be opened ends and says why, without the address", async () => {
  const database = await newDatabase("sqlite");
  const at = (name: string) => path.join(String(database.folder), name);
  mkdirSync(at("folder"));
  writeFileSync(at("letter"), "Dear all, ".repeat(1000));
  const problems: Record<string, string> = {
    [`sqlite:${at("folder")}`]: "the file cannot be opened (EISDIR)",
    [`sqlite:${at("letter")}/server.db`]: "the file cannot be opened (EEXIST)",
    [`sqlite:${at("letter")}/below/server.db`]: "the file cannot be opened (ENOTDIR)",
    [`sqlite:${at("letter")}`]: "the file is not a SQLite database",
    "sqlite://elsewhere/server.db": "the file cannot be opened (ERR_INVALID_FILE_URL_HOST)",
    "postgres://ada:a-password@127.0.0.1:1/x": "PostgreSQL cannot be reached (ECONNREFUSED)",
    "postgres://ada:a-password@[127.0.0.1/x": "this is no address (percent-encode user and password)",
  };
  for (const [url, problem] of Object.entries(problems)) {
    expect(await startComplaint({ DATABASE_URL: url })).toBe(`the server ended: DATABASE_URL: ${problem}`);
  }
  await database.drop();
});

test.each([
  [new StoreUnavailable("25006"), "PostgreSQL is read-only here (25006): name the primary, not a standby"],
  [{ code: "28P01" }, "PostgreSQL refuses the user or the password (28P01)"],
  [{ code: "3D000" }, "PostgreSQL has no such database (3D000)"],
  [{ code: "42501" }, "PostgreSQL does not let the user make tables (42501)"],
  [{ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }, "PostgreSQL cannot be reached (DEPTH_ZERO_SELF_SIGNED_CERT)"],
])("%o of PostgreSQL is told as what to change", (details, problem) => {
  const error = details instanceof Error ? details : Object.assign(new Error("quotes what it was given"), details);
  const settings = { databaseUrl: "postgres://ada:a-password@127.0.0.1/x", port: 4680, adminPort: 4681 };
  expect(startProblem("database", error, settings)).toBe(`DATABASE_URL: ${problem}`);
});

test("what is the server's own mistake is not blamed on the settings", () => {
  const settings = { databaseUrl: "postgres://127.0.0.1/x", port: 4680, adminPort: 4681 };
  const syntax = Object.assign(new Error(), { code: "42601" });
  expect(startProblem("database", syntax, settings)).toBeUndefined();
  expect(startProblem("database", new TypeError(), { ...settings, databaseUrl: "sqlite:x" })).toBeUndefined();
  expect(startProblem("listening", new TypeError(), settings)).toBeUndefined();
});
