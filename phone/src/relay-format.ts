/** A wx.request as the phone hands it over. */
export interface RelayRequest {
  url: string;
  method: string;
  header: Record<string, string>;
  body: string | null;
}

export type RelayReply =
  /** `milliseconds`: what the server took. */
  | { statusCode: number; header: Record<string, string>; body: string; milliseconds: number }
  | { errno: number; errMsg: string };
