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
}

/** What the server lets the person see of the account the login leads to; the phone number is masked. */
export interface UserView {
  nickname: string;
  photo: string;
  phone: string | null;
}

/** `POST /oauth/app2wxapp/attempts/:userPoolId` */
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
