import { CONFIG, type Config } from "../../../miniprogram/config";
import type { Call, Effect, Wait } from "../../../miniprogram/flow/effect";
import type { ActionId, Event, Making } from "../../../miniprogram/flow/event";
import { CODES } from "../../../miniprogram/flow/mode/codes";
import type { Mode } from "../../../miniprogram/flow/mode/mode";
import { TICKETS } from "../../../miniprogram/flow/mode/tickets";
import type { PhoneDetail, Problem } from "../../../miniprogram/flow/problem";
import type { Login, Opening, Phase } from "../../../miniprogram/flow/state";
import { transition } from "../../../miniprogram/flow/transition";
import type { Action } from "../../../miniprogram/flow/view-shape";
import { view } from "../../../miniprogram/flow/view";
import { OPENED_BY_APP, type Entry } from "../../../miniprogram/flow/visit";
import type { AccountPage, AttemptReply } from "../../../miniprogram/protocol/wire";
import type { EventInput } from "../../../miniprogram/services/runner";

export const TICKET = "T".repeat(43);
export const NEXT_TICKET = "N".repeat(43);
export const HANDLE = "H".repeat(43);
export const TERMS = { title: "用户协议", text: "第一条", version: "v1", required: true };
export const NOTES = { title: "更新说明", text: "仅供参考", version: "v2", required: false };

export const REPLY: AttemptReply = {
  attempt: HANDLE,
  expiresIn: 600,
  pool: { name: "示例", logo: null, caller: "商城", agreements: [] },
  user: { nickname: "小王", photo: "", phone: "138****8000" },
  needs: [],
  phoneOptional: false,
  ticket: TICKET,
  ticketExpiresIn: 120,
};

const { ticket: _ticket, ticketExpiresIn: _life, ...rest } = REPLY;
export const ASKS_PHONE: AttemptReply = { ...rest, needs: ["phone"], user: null };
export const ASKS_BOTH: AttemptReply = {
  ...ASKS_PHONE,
  needs: ["agreements", "phone"],
  pool: { ...REPLY.pool, agreements: [TERMS, NOTES] },
};
export const ASKS_AGREEMENT: AttemptReply = { ...ASKS_BOTH, needs: ["agreements"] };

/** Somebody's account with one pool. */
export const ACCOUNT: AccountPage = {
  account: "A".repeat(43),
  cards: [
    {
      label: "示例",
      rows: [
        { icon: "phone", title: "138****8000", text: "手机号" },
        {
          icon: "",
          title: "商城",
          text: "2026-11-25 登录",
          button: { id: "change", label: "退出登录", of: "0" },
        },
        {
          icon: "",
          title: "账号",
          text: "以上全部内容",
          button: { id: "change", label: "注销账号", of: "1" },
        },
      ],
    },
  ],
  offers: [
    {
      question: "退出「商城」？",
      detail: "需要重新登录",
      label: "退出登录",
      order: { userPoolId: "pool-a", change: "signOut", callerAppId: "wxapp1" },
    },
    {
      question: "注销「示例」的账号？",
      detail: "7 天内再次登录即可取消",
      label: "注销账号",
      order: { userPoolId: "pool-a", change: "delete" },
    },
  ],
};

export const ENTRY: Entry = {
  scene: OPENED_BY_APP,
  query: { userPoolId: "pool-a", getPhone: "1", fromApp: "1", state: "s-1" },
  referrerAppId: "wxapp1",
  apiCategory: "default",
  appId: "wxapplet",
  language: "zh-CN",
};

export const CODE_MODE: Config = {
  ...CONFIG,
  returnMode: "code",
  operatorName: "商城",
  codeModeCallers: [{ appId: "wxapp1", name: "商城 App" }],
};

const ORDERS: ReadonlySet<Effect["type"]> = new Set([
  "logIn",
  "openAttempt",
  "issueTicket",
  "askAccount",
  "wait",
  "openPrivacyContract",
  "countLostPhone",
]);

/** A login on its way: sends events, keeps what was ordered last, and holds the clock. */
export class Walk {
  state: Login | undefined;
  effects: Effect[] = [];
  at = 1_800_000_000_000;
  private visits = 0;

  constructor(
    readonly config: Config = CONFIG,
    readonly mode: Mode = config.returnMode === "code" ? CODES : TICKETS,
  ) {}

  /** A launch as phones tell it: the entry, then the page that is made for it. */
  enter(entry: Partial<Entry> = {}): this {
    const { effects } = this.tells(entry);
    const whole = { ...ENTRY, ...entry };
    this.makesPage(whole.query, whole);
    this.effects = [...effects, ...this.effects];
    return this;
  }

  /** App.onShow, and nothing else. */
  tells(entry: Partial<Entry> = {}): this {
    return this.dispatch({ type: "entered", entry: { ...ENTRY, ...entry }, ...this.making, at: this.at });
  }

  /** Page.onLoad of a new page. */
  makesPage(query: Entry["query"] = ENTRY.query, entry: Partial<Entry> = {}): this {
    return this.dispatch({ type: "pageMade", query, entry: { ...ENTRY, ...entry }, ...this.making, at: this.at });
  }

  /** Page.onShow of whatever page there is. */
  showsPage(): this {
    return this.dispatch({ type: "pageShown", ...this.making, at: this.at });
  }

  /** The person was away and is back, as phones with nothing to hide tell it. */
  comesBack(milliseconds = 0, entry: Partial<Entry> = {}): this {
    return this.send({ type: "hidden" }).pass(milliseconds).tells(entry).showsPage();
  }

  send(input: EventInput): this {
    return this.dispatch({ ...input, at: this.at });
  }

  private get making(): Making {
    return { id: `visit-${this.visits + 1}`, config: this.config, mode: this.mode };
  }

  private dispatch(event: Event): this {
    const { state } = this;
    [this.state, this.effects] = transition(state, event);
    for (const { type } of this.effects) if (!ORDERS.has(type)) throw new Error(`nobody carries out ${type}`);
    if (this.state && this.state.visit.id !== state?.visit.id) this.visits += 1;
    return this;
  }

  pass(milliseconds: number): this {
    this.at += milliseconds;
    return this;
  }

  /** The call ordered last, or the one the login still waits for. */
  get call(): Call {
    const ordered =
      this.order("logIn") ?? this.order("openAttempt") ?? this.order("issueTicket") ?? this.order("askAccount");
    return ordered ?? (this.current as Opening).awaits;
  }

  get timer(): Wait {
    return this.order("wait") as Wait;
  }

  order<Type extends Effect["type"]>(type: Type): Extract<Effect, { type: Type }> | undefined {
    return this.effects.find((effect): effect is Extract<Effect, { type: Type }> => effect.type === type);
  }

  loggedIn(code = "login-code"): this {
    return this.send({ type: "logIn", of: this.call as never, reply: code, sentAt: this.at });
  }

  opened(reply: AttemptReply, latency = 0): this {
    const call = this.call as never;
    const sentAt = this.at;
    return this.pass(latency).send({ type: "openAttempt", of: call, reply, sentAt });
  }

  issued(ticket = TICKET, ticketExpiresIn = 120, latency = 0): this {
    const call = this.call as never;
    const sentAt = this.at;
    return this.pass(latency).send({
      type: "issueTicket",
      of: call,
      reply: { ticket, ticketExpiresIn, user: REPLY.user },
      sentAt,
    });
  }

  told(reply: AccountPage = ACCOUNT): this {
    return this.send({ type: "askAccount", of: this.call as never, reply, sentAt: this.at });
  }

  refused(problem: Problem, of: Call = this.call, retryAfter?: number): this {
    return this.send({ type: "callFailed", of, problem, retryAfter });
  }

  rings(timer: Wait = this.timer): this {
    return this.send({ type: "timerRang", of: timer });
  }

  /** Waits as long as the timer says. */
  waited(): this {
    const { timer } = this;
    return this.pass(timer.milliseconds).rings(timer);
  }

  phone(detail: PhoneDetail = { errMsg: "getPhoneNumber:ok", code: "phone-code" }): this {
    return this.tap("allow-phone").send({ type: "phoneAnswered", detail });
  }

  tap(action: ActionId, of?: string | number): this {
    return this.send({ type: "tapped", action, of });
  }

  /** WeChat says that the app was opened, and the applet leaves the screen. */
  departs(code: 200 | 400 | 408 | 409 | 503): this {
    return this.launches(code).send({ type: "hidden" });
  }

  launches(code: 200 | 400 | 408 | 409 | 503, visit = this.current.visit.id): this {
    return this.send({ type: "launched", visit, code });
  }

  launchFails(errMsg: string): this {
    return this.send({ type: "launchFailed", visit: this.current.visit.id, detail: { errMsg } });
  }

  get login(): Login {
    if (!this.state) throw new Error("nothing has opened the applet");
    return this.state;
  }

  /** The login and its phase in one. */
  get current(): Omit<Login, "phase"> & Phase {
    const { phase, ...login } = this.login;
    return { ...login, ...phase };
  }

  get page() {
    return view(this.login);
  }

  button(id: Action["id"]): Action | undefined {
    return this.page.actions.find((action) => action.id === id);
  }

  get buttons(): string[] {
    return this.page.actions.map(({ id, open }) => (open ? `${id}:${open}` : id));
  }
}

/** A login at a place that tests start from. */
export const at = {
  opening: (config?: Config) => new Walk(config).enter(),
  opened: (reply: AttemptReply) => at.opening().loggedIn().opened(reply),
  asking: () => at.opened(ASKS_PHONE),
  issuing: () => at.asking().phone(),
  confirming: () => at.opened(REPLY),
  renewing: () => at.confirming().pass(60_000).send({ type: "shown" }),
  returned: () => at.confirming().departs(200).send({ type: "shown" }),
  stranded: () => at.confirming().launchFails("launchApp:fail invalid scene"),
  failed: (problem: Problem = "network.timeout", lang = "zh-CN") => {
    const walk = new Walk().enter({ query: { ...ENTRY.query, lang } }).refused(problem);
    return walk.current.name === "failed" ? walk : walk.refused(problem); // a wx.login code is replaced once
  },
  standalone: () => new Walk().enter({ scene: 1001, query: {} }),
  account: () => at.standalone().tap("account").loggedIn().told(),
  codes: () => at.opening(CODE_MODE).loggedIn().phone(),
};
