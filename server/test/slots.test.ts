import { expect, test } from "@jest/globals";
import { Slots } from "../src/wechat/slots";

const never = new AbortController().signal;
const settled = async (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);

test("so many calls of an applet run at once; the next waits, in order, for one to end", async () => {
  const slots = new Slots(2, 5);
  const first = await slots.take("wx1", never);
  await slots.take("wx1", never);
  const order: string[] = [];
  const third = slots.take("wx1", never).then((giveBack) => (order.push("third"), giveBack));
  const fourth = slots.take("wx1", never).then((giveBack) => (order.push("fourth"), giveBack));
  expect(await settled(third)).toBe(false);
  first();
  (await third)();
  (await fourth)();
  expect(order).toEqual(["third", "fourth"]);
});

test("an applet whose calls hang takes no slot from another", async () => {
  const slots = new Slots(1, 1);
  await slots.take("wx1", never);
  expect(await settled(slots.take("wx2", never))).toBe(true);
});

test("too many that wait are refused at once, and one that waits is refused when its time is over", async () => {
  const slots = new Slots(1, 1);
  const giveBack = await slots.take("wx1", never);
  const patience = new AbortController();
  const waiting = slots.take("wx1", patience.signal);
  await expect(slots.take("wx1", never)).rejects.toMatchObject({ error: "server.unavailable", retryAfterSeconds: 1 });
  patience.abort();
  await expect(waiting).rejects.toMatchObject({ error: "server.unavailable" });
  giveBack();
  expect(await settled(slots.take("wx1", never))).toBe(true);
});
