import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Transaction } from "../src/store/store";
import { statement } from "../src/store/statement";
import { facts, type FactRow } from "../src/store/tables";
import { newHandle } from "../src/secrets/handles";
import { count, PATIENCE } from "./support/counts";
import { DIALECTS } from "./support/databases";
import { stranger, World } from "./support/world";

const PARALLEL = 50;

/** Two rows of a table of their own, so that the control harms nothing. */
const remember = statement<FactRow>(facts.insert);
const look = statement<{ name: string }, { value: string }>("select value from facts where name = :name");
const mark = statement<{ name: string }>("update facts set value = 'used' where name = :name");
const markUnused = statement<{ name: string }, { name: string }>(
  "update facts set value = 'used' where name = :name and value = 'unused' returning name",
);

describe.each(DIALECTS)("a ticket shown by many at once on %s", (dialect) => {
  let world: World;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());

  test(
    "is exchanged once",
    async () => {
      for (let round = 0; round < count(12, 300); round++) {
        const ticket = await world.ticket(stranger());
        const body = { ticket, secret: world.pool.secret };
        const answers = await Promise.all(Array.from({ length: PARALLEL }, () => world.exchange(body)));
        const tally = [200, 400].map((status) => answers.filter(({ statusCode }) => statusCode === status).length);
        expect(tally).toEqual([1, PARALLEL - 1]);
      }
    },
    PATIENCE,
  );

  test(
    "is exchanged once, too, when the tickets of one attempt race each other",
    async () => {
      for (let round = 0; round < count(6, 100); round++) {
        const { attempt, ticket } = (await world.attempt(stranger())).json<{ attempt: string; ticket: string }>();
        const renewed = (await world.tickets({ attempt })).json<{ ticket: string }>().ticket;
        const { secret } = world.pool;
        const answers = await Promise.all(
          Array.from({ length: PARALLEL }, (_, index) =>
            world.exchange({ ticket: index % 2 ? ticket : renewed, secret }),
          ),
        );
        expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
      }
    },
    PATIENCE,
  );

  /** How many of many takers think they were the first; a taker may come in several transactions. */
  async function winners(take: (name: string) => Promise<boolean>): Promise<number> {
    const name = newHandle();
    await world.store.transaction((tx) => tx.run(remember, { name, value: "unused" }));
    const taken = await Promise.all(Array.from({ length: 20 }, () => take(name)));
    return taken.filter(Boolean).length;
  }

  test("the control: looking first and then writing lets several win, one conditional statement never does", async () => {
    const inOne = (job: (tx: Transaction) => Promise<boolean>) => world.store.transaction(job);
    const lookThenMark = async (name: string): Promise<boolean> => {
      const unused = await inOne(async (tx) => (await tx.first(look, { name }))?.value === "unused");
      if (unused) await inOne(async (tx) => (await tx.run(mark, { name })) === 1);
      return unused;
    };
    const conditional = (name: string) => inOne(async (tx) => (await tx.first(markUnused, { name })) !== undefined);
    let careless = 0;
    for (let round = 0; round < 20; round++) {
      if ((await winners(lookThenMark)) > 1) careless++;
      expect(await winners(conditional)).toBe(1);
    }
    expect(careless).toBeGreaterThan(0);
  });
});
