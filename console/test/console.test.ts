import { afterAll, afterEach, beforeAll, describe, expect } from "@jest/globals";
import { brandChapter } from "./chapters/brand";
import { everybodyChapter } from "./chapters/everybody";
import { hostileTextChapter } from "./chapters/hostile-text";
import { peopleChapter } from "./chapters/people";
import { poolsChapter } from "./chapters/pools";
import { settingsChapter } from "./chapters/settings";
import { signInChapter } from "./chapters/sign-in";
import { Desk } from "./desk";

// One server and one browser for all of it: to start them takes longer than most of these.
let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
afterEach(async () => {
  await desk.leave();
  expect(desk.complaints.splice(0)).toEqual([]);
});

const now = () => desk;
describe("signing in to the console", () => {
  signInChapter(now);
});
describe("pools in the console", () => {
  poolsChapter(now);
});
describe("a pool's settings in the console", () => {
  settingsChapter(now);
});
describe("the sign-in page's look in the console", () => {
  brandChapter(now);
});
describe("people in the console", () => {
  peopleChapter(now);
});
describe("text that attacks the console", () => {
  hostileTextChapter(now);
});
describe("the console for everybody", () => {
  everybodyChapter(now);
});
