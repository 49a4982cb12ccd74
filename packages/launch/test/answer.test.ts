import { describe, expect, test } from "@jest/globals";
import { RETURN_CODES, take, type Login } from "../src";
import { ANSWERS } from "./vectors";

const copy = (login: Login): Login => ({ ...login });

describe("reading the answer", () => {
  test.each(ANSWERS.returned)("$text", ({ text, answer }) => {
    expect(take(copy(ANSWERS.login), text, ANSWERS.now)).toEqual(answer);
  });

  test.each(ANSWERS.cases)("$name", ({ text, login = ANSWERS.login, now = ANSWERS.now, answer }) => {
    expect(take(login && copy(login), text, now)).toEqual(answer);
  });

  test("the same answer is taken once, also by a login that was stored in between", () => {
    const text = ANSWERS.returned[0]!.text;
    const login = copy(ANSWERS.login);
    expect(take(login, text, ANSWERS.now).outcome).toBe("granted");
    expect(take(login, text, ANSWERS.now)).toEqual({ outcome: "ignored", reason: "answered" });
    const stored = JSON.parse(JSON.stringify(login)) as Login;
    expect(take(stored, text, ANSWERS.now)).toEqual({ outcome: "ignored", reason: "answered" });
  });

  test("what is ignored leaves the login waiting", () => {
    const login = copy(ANSWERS.login);
    take(login, "code=400&message=no&state=other", ANSWERS.now);
    expect(login).toEqual(ANSWERS.login);
  });

  test("no string whatever makes it throw, or grants another ticket than the one in it", () => {
    const alphabet = [
      "code=",
      "200",
      "&",
      "=",
      "?",
      "%",
      "%3D",
      "%26",
      "state=",
      ANSWERS.login.state,
      " ",
      "授",
      "{",
      "a",
    ];
    let seed = 1;
    for (let i = 0; i < 3000; i++) {
      let text = "";
      for (let length = 0; length < 12; length++) {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        text += alphabet[(seed >>> 16) % alphabet.length];
      }
      expect(take(copy(ANSWERS.login), text, ANSWERS.now).outcome).not.toBe("granted");
    }
  });
});

test("every return code says what to do", () => {
  for (const { next, means } of Object.values(RETURN_CODES)) {
    expect(["exchange", "offer-again", "try-later", "another-way", "fix-the-app"]).toContain(next);
    expect(means.length).toBeGreaterThan(10);
  }
});
