import { afterAll, afterEach, beforeAll, describe, expect } from "@jest/globals";
import { auditChapter } from "./chapters/audit";
import { brandChapter } from "./chapters/brand";
import { everybodyChapter } from "./chapters/everybody";
import { hostileTextChapter } from "./chapters/hostile-text";
import { overviewChapter } from "./chapters/overview";
import { peopleChapter } from "./chapters/people";
import { poolsChapter } from "./chapters/pools";
import { settingsChapter } from "./chapters/settings";
import { signInChapter } from "./chapters/sign-in";
import { DIALECTS } from "../../server/test/support/databases";
import { Desk } from "./desk";

/** The database makes no difference to the page; that it makes none is worth a look now and then. */
const dialects = process.env["SOAK"] ? DIALECTS : DIALECTS.slice(0, 1);

// One server and one browser for all of it: to start them takes longer than most of these.
describe.each(dialects)("on %s", (dialect) => {
  let desk: Desk;
  const now = () => desk;
  beforeAll(async () => {
    desk = await Desk.open({ dialect });
  });
  afterAll(() => desk.close());
  afterEach(async () => {
    await desk.leave();
    expect(desk.complaints.splice(0)).toEqual([]);
  });

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
  describe("the overview in the console", () => {
    overviewChapter(now);
  });
  describe("the audit log in the console", () => {
    auditChapter(now);
  });
  describe("text that attacks the console", () => {
    hostileTextChapter(now);
  });
  describe("the console for everybody", () => {
    everybodyChapter(now);
  });
});
