import { expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createCrowd } from "../bench/crowd";
import { finalState } from "../soak/final-state";
import { Gate } from "../soak/gate";
import { anomaliesOf } from "../soak/history";
import { startPair } from "../soak/postgres-pair";
import { Traffic } from "../soak/traffic";
import { ServerProcess } from "./support/server-process";
import { ADMIN_TOKEN, CALLER, SHARED_APPLET } from "./support/world";

const DATABASE = "auth";

/** `npm run soak:failover` plays it for longer, in worse ways, and with a loss that has to be found. */
test("when PostgreSQL's primary dies under two servers, nothing acknowledged is lost or redeemed twice", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "app2wxapp-failover-"));
  const crowd = createCrowd({ appId: SHARED_APPLET.appId, secret: SHARED_APPLET.appSecret });
  const [pair, wechatOrigin] = await Promise.all([startPair(folder, true), crowd.start()]);
  const gate = await Gate.open(pair.primary.port);
  const servers: ServerProcess[] = [];
  try {
    await pair.primary.query(`create database ${DATABASE}`);
    const env = {
      DATABASE_URL: pair.primary.url(DATABASE, gate.port),
      WECHAT_API_ORIGIN: wechatOrigin,
      TRUST_PROXY: "1",
      LOG_LEVEL: "info",
    };
    servers.push(await ServerProcess.start(env), await ServerProcess.start(env));
    const settings = { name: "示例", allowedApps: [{ appId: CALLER, name: "示例" }], phone: "never" };
    const made = await servers[0]!.post("/admin/v1/pools", settings, ADMIN_TOKEN);
    const pool = { id: (made.body["pool"] as { id: string }).id, secret: String(made.body["secret"]) };
    const traffic = new Traffic(
      servers.map(({ origin }) => origin),
      pool,
      async (count) => crowd.codes(count),
    );
    const logins = async (count: number) => {
      const [enough, endsAt] = [traffic.logins.length + count, performance.now() + 10_000];
      while (traffic.logins.length < enough) {
        if (performance.now() > endsAt) throw new Error(`${count} logins did not come within 10 s`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    traffic.start(6);
    await logins(40);
    gate.lostAcknowledgements = 0.2;
    await logins(30);
    gate.lostAcknowledgements = 0;
    pair.primary.signal("SIGKILL");
    await pair.standby.promote();
    gate.leadTo(pair.standby.port);
    await logins(40);
    await traffic.stop();
    const { tickets, exchanges } = traffic;
    const final = await finalState((sql) => pair.standby.query(sql, DATABASE), tickets);
    expect(anomaliesOf({ tickets, exchanges }, final)).toEqual([]);
    expect([gate.lost, traffic.failures.length].every((count) => count > 0)).toBe(true);
  } finally {
    for (const server of servers) await server.stop("SIGKILL");
    await crowd.stop();
    gate.close();
    pair.link.close();
    for (const one of [pair.primary, pair.standby]) await one.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
