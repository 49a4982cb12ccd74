import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createVault } from "../src/secrets/vault";
import { Refusal } from "../src/refusal";
import { openStore } from "../src/startup/open-store";
import type { Store } from "../src/store/store";
import { createWeChat } from "../src/wechat/client";
import { ERRCODES, type Endpoint } from "../src/wechat/errcodes";
import type { WeChat } from "../src/wechat/wechat";
import { newDatabase, type TestDatabase } from "./support/databases";
import {
  answers,
  APP_ID,
  errcode,
  FaultyWeChat,
  LOGIN,
  PERSON,
  PHONE,
  phoneReply,
  TOKEN,
  type Behaviour,
} from "./support/wechat-fault";

const APPLET = { appId: APP_ID, appSecret: "the-appsecret" };
const PATH: Record<Endpoint, string> = { jscode2session: LOGIN, stable_token: TOKEN, getuserphonenumber: PHONE };
const BUDGET = 400;
const vault = createVault("a master key of at least 32 bytes!");

let wechat: FaultyWeChat;
let database: TestDatabase;
let store: Store;
let client: WeChat;
let time = 1_700_000_000_000;

beforeAll(async () => {
  wechat = new FaultyWeChat();
  await wechat.start();
  database = await newDatabase("sqlite");
  store = await openStore(database.url, () => time, vault);
  const options = { origin: wechat.origin, store, vault, clock: () => time, budgetMilliseconds: BUDGET };
  client = createWeChat(options);
});
beforeEach(() => {
  wechat.reset();
  // Far enough that no access token and no pause after failures lasts into the next test.
  time += 86_400_000;
});
afterAll(async () => {
  await client.close();
  await store.close();
  await database.drop();
  await wechat.stop();
});

const login = (code = "a code") => client.login(APPLET, code, "192.0.2.1");
const phone = () => client.phoneNumber(APPLET, "a phone code", PERSON.openid, "192.0.2.1");
/** The error code a call is refused with. */
const refused = async (call: Promise<unknown>): Promise<unknown> => {
  const error = await call.then(
    (value) => ({ answered: value }),
    (reason: unknown) => reason,
  );
  return error instanceof Refusal ? error.error : error;
};

describe("a login", () => {
  test("shows WeChat the code, percent-encoded, and takes openid and unionid, whatever the content type says", async () => {
    expect(await login("a&appid=wxevil#b c+d%")).toEqual({ openid: PERSON.openid, unionid: PERSON.unionid });
    const [call] = wechat.calls;
    expect(Object.fromEntries(call?.query ?? [])).toEqual({
      appid: APP_ID,
      secret: APPLET.appSecret,
      js_code: "a&appid=wxevil#b c+d%",
      grant_type: "authorization_code",
    });
  });

  test("of an applet without an open platform account has no unionid", async () => {
    for (const unionid of [undefined, "", null]) {
      wechat.on(LOGIN, answers({ openid: "o", unionid, session_key: "s" }));
      expect(await login()).toEqual({ openid: "o" });
    }
  });
});

/** How each reaction shows to the caller, and how many calls it takes. */
const OUTCOME: Record<"retry" | "refresh", { error: string; calls: number }> = {
  retry: { error: "wechat.unavailable", calls: 2 },
  refresh: { error: "wechat.misconfigured", calls: 2 },
};
const ROWS = Object.entries(ERRCODES).flatMap(([endpoint, codes]) =>
  Object.entries(codes).map(([code, reaction]) => [endpoint as Endpoint, Number(code), reaction] as const),
);

test.each(ROWS)("%s: errcode %i is %s", async (endpoint, code, reaction) => {
  wechat.on(PATH[endpoint], errcode(code));
  const outcome = reaction === "retry" || reaction === "refresh" ? OUTCOME[reaction] : { error: reaction, calls: 1 };
  expect(await refused(endpoint === "jscode2session" ? login() : phone())).toBe(outcome.error);
  expect(wechat.count(PATH[endpoint])).toBe(outcome.calls);
});

test("an errcode nobody has heard of lets nobody in, nor does one that is no number, however deep", async () => {
  const texts = [
    "99999",
    '"0"',
    '"ok"',
    "null",
    "[]",
    "0.5",
    '{"toString":1}',
    `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
  ];
  for (const code of texts) {
    wechat.on(LOGIN, (response) => response.writeHead(200).end(`{"openid":"${PERSON.openid}","errcode":${code}}`));
    expect(await refused(login())).toBe("wechat.unavailable");
  }
  const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
  for (const endpoint of [LOGIN, PHONE, TOKEN]) {
    const [field] = { [LOGIN]: ["openid"], [PHONE]: ["phone_info"], [TOKEN]: ["access_token"] }[endpoint] ?? [];
    wechat.on(endpoint, (response) => response.writeHead(200).end(`{"${field}":${deep}}`));
    expect(await refused(endpoint === LOGIN ? login() : phone())).toBe("wechat.unavailable");
  }
});

test.each([7200.0001, 1e308, -1, 0, 86_401, "7200", null, undefined])(
  "an access token that lives %p seconds is not taken",
  async (life) => {
    wechat.on(TOKEN, answers({ access_token: "access-token-of-wechat", expires_in: life }));
    expect(await refused(phone())).toBe("wechat.unavailable");
  },
);

test("a busy WeChat is asked once more, and then believed", async () => {
  wechat.on(LOGIN, (response, call, nth) => (nth === 1 ? errcode(-1) : answers(PERSON))(response, call, nth));
  expect(await login()).toMatchObject({ openid: PERSON.openid });
  expect(wechat.count(LOGIN)).toBe(2);
});

describe("an answer that is not WeChat's", () => {
  const raw =
    (text: string, status = 200, type = "text/html"): Behaviour =>
    (response) =>
      response.writeHead(status, { "content-type": type }).end(text);
  const CASES: Record<string, Behaviour> = {
    "an empty body": raw(""),
    "a page of HTML": raw("<html>502 Bad Gateway</html>"),
    "half a JSON object": raw('{"openid":"o'),
    "a JSON list": answers([PERSON]),
    "JSON null": answers(null),
    "a JSON text": answers("openid"),
    "no openid": answers({ session_key: "s" }),
    "a null openid": answers({ ...PERSON, openid: null }),
    "an empty openid": answers({ ...PERSON, openid: "" }),
    "a number as openid": answers({ ...PERSON, openid: 42 }),
    "an openid with a NUL": answers({ ...PERSON, openid: "a\u0000b" }),
    "a unionid with a line break": answers({ ...PERSON, unionid: "a\nb" }),
    "an object as openid": answers({ ...PERSON, openid: { length: 5 } }),
    "a number as unionid": answers({ ...PERSON, unionid: 42 }),
    "an endless body": raw(JSON.stringify({ ...PERSON, more: "x".repeat(100_000) })),
    "a status 500": raw(JSON.stringify(PERSON), 500),
    "a status 404": raw(JSON.stringify(PERSON), 404),
    "a redirect": (response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    "a connection that breaks": (response) => response.destroy(),
    "a connection that breaks in the body": (response) => {
      response.writeHead(200, { "content-length": "100" }).write('{"openid":');
      response.destroy();
    },
    silence: () => undefined,
    "a slow drip": (response) => {
      response.writeHead(200, { "content-type": "text/plain" });
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    },
  };

  test.each(Object.keys(CASES))("%s lets nobody in, is not asked for again, and ends in time", async (name) => {
    const behaviour = CASES[name];
    if (behaviour) wechat.on(LOGIN, behaviour);
    const start = performance.now();
    expect(await refused(login())).toBe("wechat.unavailable");
    expect(performance.now() - start).toBeLessThan(BUDGET * 4);
    expect(wechat.count(LOGIN)).toBe(1);
  });
});

describe("a phone number", () => {
  test("is asked for with the openid, so that WeChat checks whose it is", async () => {
    expect(await phone()).toBe("+8613800138000");
    const asked = wechat.calls.find(({ path }) => path === PHONE);
    expect(JSON.parse(asked?.body ?? "")).toEqual({ code: "a phone code", openid: PERSON.openid });
    expect(asked?.query.get("access_token")).toBe("access-token-of-wechat");
  });

  test("of another country carries its prefix", async () => {
    wechat.on(
      PHONE,
      answers(phoneReply({ phoneNumber: "+85261234567", purePhoneNumber: "61234567", countryCode: "852" })),
    );
    expect(await phone()).toBe("+85261234567");
  });

  test.each([
    ["another applet's watermark", { watermark: { appid: "wxother" } }],
    ["no watermark", { watermark: undefined }],
    ["no number", { phoneNumber: undefined }],
    ["an empty number", { phoneNumber: "" }],
    ["a number that is a number", { phoneNumber: 13_800_138_000 }],
    ["a number that is none", { phoneNumber: "<script>" }],
  ])("with %s is not taken", async (_title, wrong) => {
    wechat.on(PHONE, answers(phoneReply(wrong)));
    expect(await refused(phone())).toBe("wechat.unavailable");
  });

  test("that is missing altogether is not taken", async () => {
    for (const body of [{ errcode: 0 }, { errcode: 0, phone_info: null }, { errcode: 0, phone_info: "138" }]) {
      wechat.on(PHONE, answers(body));
      expect(await refused(phone())).toBe("wechat.unavailable");
    }
  });

  test("is asked for once more with a fresh access token when WeChat refuses the old one", async () => {
    let tokens = 0;
    wechat.on(TOKEN, (response, call, nth) => {
      answers({ access_token: `token-${++tokens}`, expires_in: 7200 })(response, call, nth);
    });
    wechat.on(PHONE, (response, call, nth) => {
      const stale = call.query.get("access_token") === "token-1";
      (stale ? errcode(40_001) : answers(phoneReply()))(response, call, nth);
    });
    expect(await phone()).toBe("+8613800138000");
    expect([wechat.count(PHONE), wechat.count(TOKEN)]).toEqual([2, 2]);
    expect(await phone()).toBe("+8613800138000");
    expect([wechat.count(PHONE), wechat.count(TOKEN)]).toEqual([3, 2]);
  });
});

describe("the pause after failures", () => {
  const other = { appId: "wxother000000000", appSecret: "another" };

  test("spares WeChat and the people who wait, for one applet only, and ends by itself", async () => {
    wechat.on(LOGIN, (response, call, nth) => {
      if (call.query.get("appid") === APP_ID) response.writeHead(500).end();
      else answers(PERSON)(response, call, nth);
    });
    for (let failure = 0; failure < 5; failure++) await refused(login());
    expect(await refused(login())).toBe("wechat.unavailable");
    expect(wechat.count(LOGIN)).toBe(5);
    expect(await client.login(other, "a code", "192.0.2.1")).toMatchObject({ openid: PERSON.openid });

    time += 10_000;
    await refused(login());
    expect(await refused(login())).toBe("wechat.unavailable");
    expect(wechat.count(LOGIN)).toBe(7);

    time += 10_000;
    wechat.on(LOGIN, answers(PERSON));
    expect(await login()).toMatchObject({ openid: PERSON.openid });
    expect(await login()).toMatchObject({ openid: PERSON.openid });
  });

  test("is not brought about by our own queue: a crowd that WeChat answers slowly stops nobody", async () => {
    const waiting: (() => void)[] = [];
    wechat.on(LOGIN, (response, call, nth) => void waiting.push(() => answers(PERSON)(response, call, nth)));
    const patient = createWeChat({
      origin: wechat.origin,
      store,
      vault,
      clock: () => time,
      budgetMilliseconds: 20_000,
    });
    const crowd = Array.from({ length: 1000 }, (_, nth) =>
      refused(patient.login(APPLET, "a code", `network-${nth % 100}`)),
    );
    const early = await Promise.all(crowd.slice(-300));
    expect(new Set(early)).toEqual(new Set(["server.unavailable"]));
    wechat.on(LOGIN, answers(PERSON));
    for (const answer of waiting) answer();
    const outcomes = await Promise.all(crowd);
    expect(outcomes.filter((outcome) => outcome === "server.unavailable").length).toBe(1000 - 128 - 512);
    expect(outcomes).not.toContain("wechat.unavailable");
    expect(await patient.login(APPLET, "a code", "192.0.2.1")).toMatchObject({ openid: PERSON.openid });
    await patient.close();
  });

  test("is not brought about by who waited behind slow answers and has half the time left", async () => {
    const options = { origin: wechat.origin, store, vault, clock: () => time, budgetMilliseconds: 2000 };
    const slow = createWeChat(options);
    wechat.on(LOGIN, (response, call, nth) => {
      if (nth <= 128) setTimeout(() => answers(PERSON)(response, call, nth), 520);
    });
    const crowd = Array.from({ length: 192 }, (_, nth) => refused(slow.login(APPLET, "a code", `network-${nth}`)));
    expect((await Promise.all(crowd)).slice(128)).toContain("wechat.unavailable");
    wechat.on(LOGIN, answers(PERSON));
    expect(await slow.login(APPLET, "a code", "192.0.2.1")).toMatchObject({ openid: PERSON.openid });
    await slow.close();
  });

  test("is not brought about by errcodes: one operator's wrong secret stops nobody", async () => {
    wechat.on(LOGIN, errcode(40_125));
    for (let failure = 0; failure < 20; failure++) expect(await refused(login())).toBe("wechat.misconfigured");
    wechat.on(LOGIN, answers(PERSON));
    expect(await login()).toMatchObject({ openid: PERSON.openid });
  });
});

describe("a check of credentials", () => {
  const causeOf = (errmsg: unknown) => {
    wechat.on(TOKEN, answers({ errcode: 40_164, errmsg }));
    return client.check(APPLET).then(
      () => undefined,
      (error: Refusal) => error.cause,
    );
  };

  test("tells the address that WeChat does not let in, and nothing else of its words", async () => {
    const words = "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 6f3a-the-appsecret";
    expect(await causeOf(words)).toEqual({
      endpoint: "stable_token",
      appId: APP_ID,
      errcode: 40_164,
      ip: "203.0.113.7",
    });
  });

  test.each([undefined, 7, "invalid ip 999.0.0.1", "no address"])("believes no address in %j", async (errmsg) => {
    expect(await causeOf(errmsg)).not.toHaveProperty("ip");
  });
});

describe("networks whose codes are refused", () => {
  const from = (network: number) => client.login(APPLET, "a code", `192.0.2.${network}`).catch(() => undefined);

  test("leave slots to the others, until one of their codes is good", async () => {
    wechat.on(LOGIN, errcode(40_029));
    await Promise.all([1, 2, 3, 4, 5].map(from));
    wechat.on(LOGIN, answers(PERSON));
    await from(5);
    wechat.on(LOGIN, errcode(45_011));
    await from(6);
    wechat.on(LOGIN, () => undefined);
    const many = (network: number, calls: number) => Array.from({ length: calls }, () => from(network));
    const calls = [...[1, 2, 3, 4].flatMap((suspect) => many(suspect, 32)), ...many(5, 16), ...many(6, 16)];
    expect(client.health()).toEqual([{ appId: APP_ID, state: "open", running: 96 + 16 + 16, waiting: 32 }]);
    await Promise.all(calls);
  });
});
