/** What the auth server puts into a token. */
export interface TokenClaims {
  data: { unionid: string | null; id: string; clientId: string };
  iat: number;
  exp: number;
  sub?: string;
  iss?: string;
  aud?: string;
  azp?: string;
  jti?: string;
}

/** What the host app shows after a login. */
export interface SignedIn {
  user: { id: string; nickname: string; photo: string; phone: string | null; loginsCount: number };
  claims: TokenClaims;
}

/** What a backend of the developer's own answered, as it came. */
export interface OwnAnswer {
  status: number;
  body: string;
}

export type SignInReply = SignedIn | { answer: OwnAnswer } | { error: string };

/** Where the app hands its ticket over. */
export interface HostBackend {
  signIn(ticket: string, codeVerifier?: string): Promise<SignInReply>;
}
