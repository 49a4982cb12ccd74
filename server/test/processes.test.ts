import { expect, test } from "@jest/globals";
import { count, PATIENCE } from "./support/counts";
import { newDatabase } from "./support/databases";
import { inParallel, openBeside, seedTickets, tally } from "./support/seeding";
import { ServerProcess } from "./support/server-process";
import { ADMIN_TOKEN, CALLER, type Body } from "./support/world";

const pool = async (server: ServerProcess): Promise<{ id: string; secret: string }> => {
  const settings = { name: "示例", allowedApps: [{ appId: CALLER, name: "示例应用" }] };
  const { body } = await server.post("/admin/v1/pools", settings, ADMIN_TOKEN);
  return { id: (body["pool"] as { id: string }).id, secret: String(body["secret"]) };
};

test.each([
  ["one server on a SQLite file", "sqlite", 1],
  ["two servers on one PostgreSQL", "postgres", 2],
] as const)(
  "%s exchange each ticket once, though every ticket is shown twice at once",
  async (_title, dialect, processes) => {
    const database = await newDatabase(dialect);
    const servers = await Promise.all(
      Array.from({ length: processes }, () => ServerProcess.start({ DATABASE_URL: database.url })),
    );
    const store = await openBeside(database.url);
    const { id, secret } = await pool(servers[0] as ServerProcess);
    const tickets = await seedTickets(store, id, count(150, 20_000), 40);

    const statuses = new Map<number, number>();
    const tokens: string[] = [];
    await inParallel([...tickets.entries()], 24, async ([index, ticket]) => {
      const two = [index, index + 1].flatMap((nth) => servers.slice(nth % processes, (nth % processes) + 1));
      const answers = await Promise.all(
        two.map((server) => server.post(`/oauth/app2wxapp/auth/${id}`, { ticket, secret })),
      );
      const oks = answers.filter((answer) => answer.status === 200);
      statuses.set(oks.length, (statuses.get(oks.length) ?? 0) + 1);
      for (const answer of oks) tokens.push(String(answer.body["token"]));
    });
    expect(Object.fromEntries(statuses)).toEqual({ 1: tickets.length });
    expect(await tally(store)).toEqual({ consumed: tickets.length, logins: tickets.length });

    const output = servers.flatMap((server) => server.output).join("\n");
    expect([...tickets, ...tokens, secret, ADMIN_TOKEN].filter((one) => output.includes(one))).toEqual([]);
    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual(servers.map(() => 0));
    await store.close();
    await database.drop();
  },
  PATIENCE,
);

test(
  "a server killed at any point has never given a token for a ticket that works again",
  async () => {
    const database = await newDatabase("sqlite");
    const first = await ServerProcess.start({ DATABASE_URL: database.url });
    const { id, secret } = await pool(first);
    await first.stop();
    const store = await openBeside(database.url);

    for (let kill = 0; kill < count(2, 10); kill++) {
      const server = await ServerProcess.start({ DATABASE_URL: database.url });
      const tickets = await seedTickets(store, id, 600, 50);
      const acknowledged = new Set<string>();
      const killAfter = 20 + Math.floor(Math.random() * 300);
      const exchange = (to: ServerProcess, ticket: string) =>
        to.post(`/oauth/app2wxapp/auth/${id}`, { ticket, secret });
      const load = inParallel(tickets, 32, async (ticket) => {
        const { status } = await exchange(server, ticket);
        if (status === 200) acknowledged.add(ticket);
        if (acknowledged.size === killAfter) await server.stop("SIGKILL");
      });
      await expect(load).rejects.toBeInstanceOf(Error);

      const restarted = await ServerProcess.start({ DATABASE_URL: database.url });
      const again: Record<"acknowledged" | "lost", Body> = { acknowledged: {}, lost: {} };
      await inParallel(tickets, 32, async (ticket) => {
        const { status } = await exchange(restarted, ticket);
        const kind = again[acknowledged.has(ticket) ? "acknowledged" : "lost"];
        kind[status] = Number(kind[status] ?? 0) + 1;
      });
      expect(acknowledged.size).toBeGreaterThanOrEqual(killAfter);
      expect(again.acknowledged).toEqual({ 400: acknowledged.size });
      expect(Number(again.lost[200])).toBeGreaterThan(0);
      const { consumed, logins } = await tally(store);
      expect(logins).toBe(consumed);
      await restarted.stop();
    }
    await store.close();
    await database.drop();
  },
  PATIENCE,
);

test("a server tells all that is wrong with its settings and ends, without repeating any of them", async () => {
  const token = "too-short-a-token";
  const start = ServerProcess.start({
    DATABASE_URL: "mysql://x",
    PORT: "no",
    MASTER_KEY: "short",
    ADMIN_TOKENS: `ada:${token}`,
  });
  const problem = await start.then(
    () => "",
    (error: Error) => error.message,
  );
  for (const name of ["DATABASE_URL", "PORT", "MASTER_KEY", "ADMIN_TOKENS"]) expect(problem).toContain(name);
  expect(problem).not.toContain(token);
});
