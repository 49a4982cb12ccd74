/** What an attempt may still need before the server issues a ticket. */
export type Need = "agreements" | "phone";

/** A text the person agrees to, shown inside the applet: a web-view opens only business domains. */
export interface Agreement {
  title: string;
  text: string;
  version: string;
  /** A required one gates the ticket; another is only shown. */
  required: boolean;
}

/** What the server lets the person see of a pool. */
export interface PoolView {
  name: string;
  /** Address of an image, or null. */
  logo: string | null;
  /** The calling app's name in this pool, or null when the pool does not name it. */
  caller: string | null;
  agreements: Agreement[];
  /** How the page is dressed: as the calling app's entry in the pool says, else as the pool does. Missing: as neither. */
  brand?: Brand;
  /** Why the login asks, in the person's language. Missing: nobody says. */
  reasons?: Reasons;
}

export interface Brand {
  /** Address of an image. */
  logo: string | null;
  /** `#rrggbb`; white text can be read on it. */
  color: string | null;
}

export interface Reasons {
  /** Why the phone number is wanted. */
  phone: string | null;
  /** Why the app wants to know who the person is. */
  identity: string | null;
}

/** What the server lets the person see of the account the login leads to; the phone number is masked. */
export interface UserView {
  nickname: string;
  photo: string;
  phone: string | null;
}

/** `POST /oauth/app2wxapp/attempts/:userPoolId`. Texts come in the language of `Accept-Language`, else in Chinese. */
export interface AttemptRequest {
  /** wx.login's code: one use, five minutes. */
  code: string;
  /** The AppID the applet runs under. */
  appId: string;
  getPhone: boolean;
  useSelfWxapp?: boolean;
  /** `referrerInfo.appId` of a scene 1069 entry and nothing else. */
  callerAppId?: string;
  /** PKCE, S256. */
  codeChallenge?: string;
  /** Goes into the id_token. The alphabet of `state`. */
  nonce?: string;
  /** Versions of agreements the person has ticked. */
  agreed?: string[];
}

export interface AttemptReply {
  /** Opaque handle of this login, 43 characters. */
  attempt: string;
  /** Seconds until the attempt ends; it is never extended. */
  expiresIn: number;
  pool: PoolView;
  /** Null for a person the pool does not know yet. */
  user: UserView | null;
  needs: Need[];
  /** Whether the person may go on without the phone that `needs` names. */
  phoneOptional: boolean;
  /** There when `needs` is empty. */
  ticket?: string;
  /** Seconds; there with `ticket`. */
  ticketExpiresIn?: number;
}

/** `POST /oauth/app2wxapp/tickets/:userPoolId`: a first ticket, or a fresh one of the same attempt. */
export interface TicketRequest {
  attempt: string;
  /** getPhoneNumber's code: one use, five minutes. */
  phoneCode?: string;
  agreed?: string[];
  /** Only where the pool allows it. */
  withoutPhone?: boolean;
}

export interface TicketReply {
  ticket: string;
  /** Seconds. */
  ticketExpiresIn: number;
  user: UserView | null;
}

/** `POST /oauth/app2wxapp/account/sessions`: somebody looks at their own accounts with every pool of the applet. */
export interface AccountRequest extends Clock {
  /** wx.login's code: one use, five minutes. */
  code: string;
  /** The AppID the applet runs under. */
  appId: string;
}

/** In which zone the person reads times. */
interface Clock {
  /** Minutes east of UTC, so 480 in China, as without it. */
  utcOffset?: number;
}

/** What can be done with an account. */
export const ACCOUNT_CHANGES = ["signOut", "signOutEverywhere", "withdraw", "delete", "keep"] as const;
export type AccountChange = (typeof ACCOUNT_CHANGES)[number];

/** One thing to do, with one account. */
export interface AccountOrder {
  userPoolId: string;
  change: AccountChange;
  /** With `signOut`: which app; missing for the one that could not be told. */
  callerAppId?: string;
}

/** `POST /oauth/app2wxapp/account/changes`. */
export interface AccountChangeRequest extends AccountOrder, Clock {
  /** The handle of the look. */
  account: string;
  /** Another code of wx.login, of the same person. */
  code: string;
}

/** How the person's accounts are, at first and after each change: as facts, and in words. */
export interface AccountReply {
  /** Opaque handle, 43 characters. It opens nothing without another code. */
  account: string;
  /** Seconds; it is never extended. */
  expiresIn: number;
  accounts: AccountView[];
  /** The same as a page shows it, in the language of `Accept-Language`: one for each account, else one that says there is none. */
  cards: AccountCard[];
  /** What the buttons of the cards lead to. */
  offers: AccountOffer[];
}

/** What of it a page needs. */
export type AccountPage = Pick<AccountReply, "account" | "cards" | "offers">;

/** One account: who the person is to one pool. Times are epoch ms. */
export interface AccountView {
  userPoolId: string;
  /** Of the pool. */
  name: string;
  logo: string | null;
  /** The number on file, masked. */
  phone: string | null;
  /** The apps the person signed in to, the latest first. */
  apps: SignedInApp[];
  /** What the person agreed to, the latest first. */
  agreements: AgreedTo[];
  /** How long a deletion can be taken back. */
  deletionGraceDays: number;
  /** When the account will be deleted for good, unless a login comes before. Null: it stays. */
  deletesAt: number | null;
}

export interface SignedInApp {
  /** Null: it could not be told. */
  callerAppId: string | null;
  name: string;
  lastLoginAt: number;
  /** False: no token of that app can still be good. */
  signedIn: boolean;
}

export interface AgreedTo {
  title: string;
  version: string;
  agreedAt: number;
}

export interface AccountCard {
  label: string;
  rows: AccountRow[];
}

export interface AccountRow {
  icon: "" | "phone" | "person";
  title: string;
  text: string;
  /** `of`: the offer's place in the list. */
  button?: { id: "change"; label: string; of: string };
}

/** Before something is done: what the person is asked, what it will mean, what to tap, and what to send then. */
export interface AccountOffer {
  question: string;
  detail: string;
  label: string;
  order: AccountOrder;
}
