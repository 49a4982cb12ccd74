"use strict";

/**
 * Runs every vector through the built package: in Node, and in Hermes, which has no require, no console and none of the
 * web's or Node's globals. Returns how many it compared; throws at the first difference.
 */
function everyVector(launch, { LAUNCH, ANSWERS, EVENTS }) {
  let compared = 0;

  function same(actual, expected, what) {
    compared++;
    if (canonical(actual) !== canonical(expected)) throw new Error(`${what}: ${canonical(actual)}`);
  }

  for (const { name, request, stateBytes, verifierBytes, now, login } of LAUNCH.logins) {
    const given = [stateBytes, verifierBytes];
    const getRandomValues = (array) => {
      array.set(
        given
          .shift()
          .match(/../g)
          .map((byte) => parseInt(byte, 16)),
      );
      return array;
    };
    same(launch.startLogin(request, { getRandomValues, now: () => now }), login, name);
  }
  for (const { text, answer } of ANSWERS.returned)
    same(launch.take(JSON.parse(JSON.stringify(ANSWERS.login)), text, ANSWERS.now), answer, text);
  for (const { name, text, login = ANSWERS.login, now = ANSWERS.now, answer } of ANSWERS.cases)
    same(launch.take(JSON.parse(JSON.stringify(login)), text, now), answer, name);
  for (const { name, steps } of EVENTS.sequences) {
    let state = launch.SIGNED_OUT;
    for (const { event, now = EVENTS.start, phase, notice, effect } of steps) {
      const next =
        event.type === "restarted"
          ? { state: launch.restoreState(launch.savedLogin(state), now), effect: null }
          : launch.step(
              state,
              event.type === "started" ? { type: "started", login: EVENTS.logins[event.login] } : event,
              now,
            );
      same([next.state.phase, next.state.notice, next.effect], [phase, notice, effect], name);
      state = next.state;
    }
  }
  return compared;
}

/** JSON with its names in order. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  names.sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

if (typeof module === "object") module.exports = everyVector;
