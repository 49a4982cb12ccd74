import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AuthServer } from "../bench/auth-server";
import { Child } from "../bench/child";
import { finalState } from "./final-state";
import { Gate } from "./gate";
import { anomaliesOf } from "./history";
import { startPair, type Pair } from "./postgres-pair";
import { print, run, seconds } from "./program";
import { Traffic } from "./traffic";

/** How the primary is lost: it dies, it stands still, or it dies with commits that its standby never had. */
const SCENARIOS = ["killed", "paused", "planted"] as const;
type Scenario = (typeof SCENARIOS)[number];

const CLIENTS = 16;
const DATABASE = "auth";

/**
 * Two servers, one with a clock an hour ahead, on a PostgreSQL whose standby has every commit before it is acknowledged.
 * Acknowledgements are lost, a server stands still, then the primary is lost. What clients saw is held against what the
 * new primary has. In the planted scenario the standby lags behind: there the check must find what was lost.
 */
async function main(): Promise<boolean> {
  const asked = process.argv.slice(2) as Scenario[];
  let isWell = true;
  for (const scenario of asked.length > 0 ? asked : SCENARIOS) {
    const anomalies = await play(scenario);
    const isAsPromised = scenario === "planted" ? anomalies.length > 0 : anomalies.length === 0;
    const verdict = scenario === "planted" ? "the planted loss was found" : "nothing was lost or redeemed twice";
    print(`${isAsPromised ? "met   " : "MISSED"}  ${scenario}: ${verdict} (${anomalies.length} anomalies)`);
    for (const anomaly of anomalies.slice(0, 5)) print(`        ${anomaly}`);
    isWell &&= isAsPromised;
  }
  return isWell;
}

async function play(scenario: Scenario): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "app2wxapp-failover-"));
  const pair = await startPair(folder, scenario !== "planted");
  await pair.primary.query(`create database ${DATABASE}`);
  const gate = await Gate.open(pair.primary.port);
  const wechat = Child.start({ script: path.join(__dirname, "../bench/wechat.js"), measured: false });
  const servers: AuthServer[] = [];
  try {
    const { origin } = await wechat.message<{ origin: string }>();
    const url = pair.primary.url(DATABASE, gate.port);
    const ahead = { NODE_OPTIONS: `--require ${path.join(__dirname, "hour-ahead.js")}` };
    for (const env of [{}, ahead]) {
      const log = path.join(folder, `server-${servers.length}.log`);
      servers.push(await AuthServer.start(url, log, { child: wechat, origin }, { env }));
    }
    const [first] = servers as [AuthServer, AuthServer];
    const pool = await first.createPool();
    const traffic = new Traffic(
      servers.map((one) => one.origin),
      pool,
      (count) => wechat.ask({ count }),
    );
    traffic.start(CLIENTS);
    await seconds(4);
    if (scenario !== "planted") await harass(traffic, gate, first);
    await loseThePrimary(scenario, pair, gate, traffic);
    await traffic.stop();
    const acknowledged = traffic.exchanges.filter(({ outcome }) => outcome.kind === "ok").length;
    const { tickets, exchanges, failures } = traffic;
    print(
      `        ${tickets.size} logins and ${acknowledged} exchanges acknowledged, ${failures.length} without an answer or 5xx`,
    );
    return anomaliesOf({ tickets, exchanges }, await finalState((sql) => pair.standby.query(sql, DATABASE), tickets));
  } finally {
    for (const server of servers) await server.stop();
    await wechat.stop();
    gate.close();
    pair.link.close();
    for (const one of [pair.primary, pair.standby]) await one.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function harass(traffic: Traffic, gate: Gate, server: AuthServer): Promise<void> {
  let since = performance.now();
  gate.lostAcknowledgements = 0.1;
  await seconds(6);
  gate.lostAcknowledgements = 0;
  await seconds(2);
  print(
    `        ${gate.lost} acknowledgements of commits lost: no login for at most ${traffic.longestGap(since).toFixed(0)} ms`,
  );
  since = performance.now();
  server.child.process.kill("SIGSTOP");
  await seconds(10);
  server.child.process.kill("SIGCONT");
  await seconds(4);
  print(`        a server stood still for 10 s: no login for at most ${traffic.longestGap(since).toFixed(0)} ms`);
}

async function loseThePrimary(
  scenario: Scenario,
  { primary, standby, link }: Pair,
  gate: Gate,
  traffic: Traffic,
): Promise<void> {
  if (scenario === "planted") {
    link.leadTo(0);
    await seconds(2);
  }
  const since = performance.now();
  primary.signal(scenario === "paused" ? "SIGSTOP" : "SIGKILL");
  // Whoever watches the primary is sure only after a while.
  await seconds(2);
  await standby.promote();
  gate.leadTo(standby.port);
  const promotedAt = performance.now();
  if (scenario === "paused") primary.signal("SIGCONT");
  await seconds(8);
  const back = traffic.logins.find((at) => at > promotedAt) ?? Infinity;
  print(
    `        primary ${scenario}: no login for at most ${traffic.longestGap(since).toFixed(0)} ms, ` +
      `the first ${(back - promotedAt).toFixed(0)} ms after the standby took over`,
  );
}

run(main);
