import { expect, test } from "@jest/globals";
import { Bulkhead } from "../src/wechat/bulkhead";
import { Suspects } from "../src/wechat/suspects";

const NETWORK = "192.0.2.1";
/** Long enough for a test. */
const never = 60_000;
const settled = async (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);

test("so many calls of an applet run at once; the next waits, in order, for one to end", async () => {
  const bulkhead = new Bulkhead(new Suspects(), { running: 2, suspects: 2, waiting: 5 });
  const first = await bulkhead.take("wx1", NETWORK, never);
  await bulkhead.take("wx1", NETWORK, never);
  const order: string[] = [];
  const third = bulkhead.take("wx1", NETWORK, never).then((giveBack) => (order.push("third"), giveBack));
  const fourth = bulkhead.take("wx1", NETWORK, never).then((giveBack) => (order.push("fourth"), giveBack));
  expect(await settled(third)).toBe(false);
  first();
  (await third)();
  (await fourth)();
  expect(order).toEqual(["third", "fourth"]);
});

test("an applet whose calls hang takes no slot from another", async () => {
  const bulkhead = new Bulkhead(new Suspects(), { running: 1, suspects: 1, waiting: 1 });
  await bulkhead.take("wx1", NETWORK, never);
  expect(await settled(bulkhead.take("wx2", NETWORK, never))).toBe(true);
});

test("too many that wait are refused at once, and one that waits is refused when its time is over", async () => {
  const bulkhead = new Bulkhead(new Suspects(), { running: 1, suspects: 1, waiting: 1 });
  const giveBack = await bulkhead.take("wx1", NETWORK, never);
  const waiting = bulkhead.take("wx1", NETWORK, 30);
  await expect(bulkhead.take("wx1", NETWORK, never)).rejects.toMatchObject({
    error: "server.unavailable",
    retryAfterSeconds: 1,
  });
  await expect(waiting).rejects.toMatchObject({ error: "server.unavailable" });
  giveBack();
  expect(await settled(bulkhead.take("wx1", NETWORK, never))).toBe(true);
});

test("nobody waits until a call can no longer end in time: it would spend the code for nothing", async () => {
  const bulkhead = new Bulkhead(new Suspects(), { running: 2, suspects: 2, waiting: 9 });
  const [slow, quick] = [await bulkhead.take("wx1", NETWORK, never), await bulkhead.take("wx1", NETWORK, never)];
  // They came when nothing was known yet of how long calls take.
  const [late, early] = [bulkhead.take("wx1", NETWORK, 130), bulkhead.take("wx1", NETWORK, never)];
  await new Promise((resolve) => setTimeout(resolve, 100));
  slow();
  await expect(late).rejects.toMatchObject({ error: "server.unavailable", retryAfterSeconds: 1 });
  expect(await settled(early)).toBe(true);
  await expect(bulkhead.take("wx1", NETWORK, 90)).rejects.toMatchObject({ error: "server.unavailable" });
  const since = performance.now();
  await expect(bulkhead.take("wx1", NETWORK, 150)).rejects.toMatchObject({ error: "server.unavailable" });
  expect(performance.now() - since).toBeLessThan(140);
  // A slot that is free is for whoever comes.
  quick();
  expect(await settled(bulkhead.take("wx1", NETWORK, 1))).toBe(true);
});

test("one call that hung among many sends nobody away who waits", async () => {
  const bulkhead = new Bulkhead(new Suspects(), { running: 2, suspects: 2, waiting: 9 });
  const hung = await bulkhead.take("wx1", NETWORK, never);
  for (let nth = 0; nth < 5; nth++) (await bulkhead.take("wx1", NETWORK, never))();
  await bulkhead.take("wx1", NETWORK, never);
  const waiting = bulkhead.take("wx1", NETWORK, 190);
  await new Promise((resolve) => setTimeout(resolve, 100));
  hung();
  expect(await settled(waiting)).toBe(true);
});

test("calls that are quick again are soon believed", async () => {
  const bulkhead = new Bulkhead(new Suspects(), { running: 2, suspects: 2, waiting: 9 });
  await bulkhead.take("wx1", NETWORK, never);
  const slow = await bulkhead.take("wx1", NETWORK, never);
  await new Promise((resolve) => setTimeout(resolve, 100));
  slow();
  for (let nth = 0; nth < 20; nth++) (await bulkhead.take("wx1", NETWORK, never))();
  const quick = await bulkhead.take("wx1", NETWORK, never);
  const waiting = bulkhead.take("wx1", NETWORK, 60);
  quick();
  expect(await settled(waiting)).toBe(true);
});

test("a network has a share of an applet's slots: what it sends beyond it waits for itself, and nobody else does", async () => {
  const bulkhead = new Bulkhead(new Suspects(), { running: 4, suspects: 4, waiting: 10 }, { running: 2, waiting: 3 });
  const greedy = await Promise.all([bulkhead.take("wx1", "greedy", never), bulkhead.take("wx1", "greedy", never)]);
  const waiting = [1, 2, 3].map(() => bulkhead.take("wx1", "greedy", never));
  expect(await settled(Promise.race(waiting))).toBe(false);
  await expect(bulkhead.take("wx1", "greedy", never)).rejects.toMatchObject({
    error: "rate.limited",
    retryAfterSeconds: 1,
  });
  const modest = await bulkhead.take("wx1", NETWORK, never);
  greedy[0]?.();
  expect(await settled(waiting[0] as Promise<unknown>)).toBe(true);
  modest();
  expect(await settled(waiting[1] as Promise<unknown>)).toBe(false);
});

test("who waits is served in turn by network, so that one that sends much delays another by one call", async () => {
  const bulkhead = new Bulkhead(new Suspects(), { running: 1, suspects: 1, waiting: 10 });
  const giveBack = await bulkhead.take("wx1", "greedy", never);
  const order: string[] = [];
  const next = (from: string) => bulkhead.take("wx1", from, never).then((back) => (order.push(from), back));
  const calls = [next("greedy"), next("greedy"), next("greedy"), next(NETWORK)];
  giveBack();
  (await calls[0])?.();
  (await calls[3])?.();
  expect(order).toEqual(["greedy", NETWORK]);
  (await calls[1])?.();
  (await calls[2])?.();
});

test("when the line is full, the last of the network with the most in it makes room for one with fewer", async () => {
  const bulkhead = new Bulkhead(new Suspects(), { running: 1, suspects: 1, waiting: 4 });
  const giveBack = await bulkhead.take("wx1", "greedy", never);
  const greedy = [1, 2, 3].map(() => bulkhead.take("wx1", "greedy", never));
  const modest = bulkhead.take("wx1", NETWORK, never);
  const newcomer = bulkhead.take("wx1", "198.51.100.1", never);
  await expect(greedy[2]).rejects.toMatchObject({ error: "server.unavailable", retryAfterSeconds: 1 });
  expect(bulkhead.lines.get("wx1")).toMatchObject({ running: 1, waiting: 4 });
  // Two, one and one wait: whoever came for a second place would only change places with another.
  await expect(bulkhead.take("wx1", NETWORK, never)).rejects.toMatchObject({ error: "server.unavailable" });
  giveBack();
  for (const next of [greedy[0], modest, newcomer, greedy[1]]) (await next)?.();
  expect(bulkhead.lines.size).toBe(0);
});

test("a flood from a hundred networks leaves everybody else a place in the line", async () => {
  const bulkhead = new Bulkhead();
  const flood = Array.from({ length: 100 * 30 }, (_, i) => bulkhead.take("wx1", `flood-${i % 100}`, never));
  const refused = Promise.all(flood.map((call) => call.catch(() => undefined)));
  const victims = Array.from({ length: 20 }, (_, i) => bulkhead.take("wx1", `victim-${i}`, never));
  // Each slot given back goes to the next network: before a second turn of the flood everybody had one.
  void Promise.all(flood.map((call) => call.then((giveBack) => setImmediate(giveBack)).catch(() => undefined)));
  expect(await Promise.all(victims.map((victim) => victim.then((giveBack) => (giveBack(), "served"))))).toEqual(
    victims.map(() => "served"),
  );
  await refused;
});

/** Networks whose last code WeChat refused. */
function withSuspects(...names: string[]): Suspects {
  const suspects = new Suspects();
  for (const name of names) suspects.refused("wx1", name);
  return suspects;
}

test("suspects never have all slots: there is one at once for a network of good name", async () => {
  const bulkhead = new Bulkhead(withSuspects("bad"), { running: 3, suspects: 2, waiting: 9 });
  const [first] = await Promise.all([bulkhead.take("wx1", "bad", never), bulkhead.take("wx1", "bad", never)]);
  const third = bulkhead.take("wx1", "bad", never);
  expect(await settled(third)).toBe(false);
  const good = await bulkhead.take("wx1", NETWORK, never);
  // The slot kept free stays free.
  good();
  expect(await settled(third)).toBe(false);
  first();
  expect(await settled(third)).toBe(true);
});

test("suspects come after the others, whoever came first; a good code ends it", async () => {
  const bulkhead = new Bulkhead(withSuspects("bad", "once bad"), { running: 1, suspects: 1, waiting: 9 });
  let giveBack = await bulkhead.take("wx1", NETWORK, never);
  const order: string[] = [];
  const wait = async (from: string) => {
    giveBack = await bulkhead.take("wx1", from, never);
    order.push(from);
  };
  const calls = ["bad", "once bad", "198.51.100.1", "198.51.100.2"].map(wait);
  bulkhead.accepted("wx1", "once bad");
  for (let i = 0; i < calls.length; i++) {
    giveBack();
    await new Promise(setImmediate);
  }
  expect(order).toEqual(["once bad", "198.51.100.1", "198.51.100.2", "bad"]);
});

test("in a full line a suspect makes room, however little it has in it; for a suspect no other does", async () => {
  const bulkhead = new Bulkhead(withSuspects("bad", "worse"), { running: 1, suspects: 1, waiting: 4 });
  await bulkhead.take("wx1", NETWORK, never);
  const good = ["a", "a", "a"].map((from) => bulkhead.take("wx1", from, never));
  const bad = bulkhead.take("wx1", "bad", never);
  await expect(bulkhead.take("wx1", "worse", never)).rejects.toMatchObject({ error: "server.unavailable" });
  const fourth = bulkhead.take("wx1", "a", never);
  await expect(bad).rejects.toMatchObject({ error: "server.unavailable", retryAfterSeconds: 1 });
  expect(await settled(Promise.race([...good, fourth]))).toBe(false);
  expect(bulkhead.lines.get("wx1")).toMatchObject({ running: 1, waiting: 4 });
});

test("a network is suspect in the applet whose code was refused, and of too many the oldest is forgotten", () => {
  const suspects = new Suspects(2);
  suspects.refused("wx1", "first");
  expect(suspects.has("wx2", "first")).toBe(false);
  suspects.refused("wx1", "second");
  suspects.refused("wx1", "first");
  suspects.refused("wx1", "third");
  expect(["first", "second", "third"].map((from) => suspects.has("wx1", from))).toEqual([true, false, true]);
});

test("who waits as a suspect has a slot at once when a code of theirs was good", async () => {
  const bulkhead = new Bulkhead(withSuspects("bad", "good again"), { running: 4, suspects: 1, waiting: 9 });
  await bulkhead.take("wx1", "bad", never);
  const waiting = [1, 2, 3].map(() => bulkhead.take("wx1", "good again", never));
  expect(await settled(Promise.race(waiting))).toBe(false);
  bulkhead.accepted("wx1", "good again");
  expect(await settled(Promise.all(waiting))).toBe(true);
  bulkhead.refused("wx1", "good again");
  expect(await settled(bulkhead.take("wx1", "good again", never))).toBe(false);
});

test("a network that comes again the moment it left has one share, and no slot beyond it", async () => {
  const bulkhead = new Bulkhead(
    withSuspects("back"),
    { running: 2, suspects: 2, waiting: 1 },
    { running: 1, waiting: 1 },
  );
  const [first, other] = [await bulkhead.take("wx1", "back", never), await bulkhead.take("wx1", "other", never)];
  const displaced = bulkhead.take("wx1", "back", never).catch(() => undefined);
  const newcomer = bulkhead.take("wx1", NETWORK, never);
  first();
  other();
  const again = bulkhead.take("wx1", "back", never);
  await displaced;
  (await newcomer)();
  const beyond = bulkhead.take("wx1", "back", never);
  expect(await settled(beyond)).toBe(false);
  (await again)();
  expect(await settled(beyond)).toBe(true);
});

test("in whatever order they come, go and are judged: no limit is passed, no slot is lost, nobody waits beside a free one", async () => {
  const most = { running: 6, suspects: 4, waiting: 8 };
  const mostOfOne = { running: 3, waiting: 4 };
  let seed = 1;
  const random = (below: number): number => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let run = 0; run < 25; run++) {
    const suspects = new Suspects(3);
    const bulkhead = new Bulkhead(suspects, most, mostOfOne);
    const held: { from: string; giveBack: () => void }[] = [];
    const pending = new Set<{ from: string }>();
    const one = (): void => {
      const from = `network ${random(5)}`;
      const what = random(6);
      if (what < 3) {
        const call = { from };
        pending.add(call);
        const taken = bulkhead.take("wx1", from, random(4) === 0 ? random(3) : never);
        void taken
          .then((giveBack) => held.push({ from, giveBack }))
          .catch(() => undefined)
          .finally(() => pending.delete(call));
      } else if (what < 5) held.splice(random(held.length), 1)[0]?.giveBack();
      else if (random(2) === 0) bulkhead.refused("wx1", from);
      else bulkhead.accepted("wx1", from);
    };
    for (let nth = 0; nth < 60; nth++) {
      one();
      if (random(3) > 0) continue;
      await new Promise(random(2) === 0 ? setImmediate : (resolve) => setTimeout(resolve, 1));
      await new Promise(setImmediate);
      const { running = 0, waiting = 0 } = bulkhead.lines.get("wx1") ?? {};
      expect([running, waiting]).toEqual([held.length, pending.size]);
      expect(running <= most.running && waiting <= most.waiting).toBe(true);
      const free = (from: string) => held.filter((call) => call.from === from).length < mostOfOne.running;
      const stuck = [...pending].filter(({ from }) => !suspects.has("wx1", from) && free(from));
      expect(running === most.running ? [] : stuck).toEqual([]);
    }
    for (let nth = 0; nth < most.running + most.waiting; nth++) {
      held.pop()?.giveBack();
      await new Promise(setImmediate);
    }
    expect([held.length, pending.size, bulkhead.lines.size]).toEqual([0, 0, 0]);
  }
});
