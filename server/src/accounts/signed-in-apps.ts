/** One app a person signed in to. Times are epoch ms. */
interface SignIn {
  /** The last time. */
  at: number;
  /** Tokens of this app issued before are not active. */
  validFrom: number | null;
}

/** By the app's AppID; null for apps that could not be told. */
export type SignedInApps = ReadonlyMap<string | null, SignIn>;

/** So many are remembered; a pool that lists its apps has no more. Beyond it the one used longest ago is signed out of. */
export const MOST_APPS = 100;

/** As it stands in the account's row. Not an object: an app could call itself `__proto__`. */
export function readApps(text: string): SignedInApps {
  return new Map(
    (JSON.parse(text) as [string | null, number, number | null][]).map(([app, at, validFrom]) => [
      app,
      { at, validFrom },
    ]),
  );
}

export function writeApps(apps: SignedInApps): string {
  return JSON.stringify([...apps].map(([app, { at, validFrom }]) => [app, at, validFrom]));
}

/** The apps after a login through one of them. What was signed out of stays signed out of, for tokens from before. */
export function withLogin(apps: SignedInApps, app: string | null, at: number): SignedInApps {
  const next = new Map(apps);
  const validFrom = next.get(app)?.validFrom ?? null;
  // Last in order is the latest.
  next.delete(app);
  next.set(app, { at, validFrom });
  const [oldest] = next.keys();
  if (next.size > MOST_APPS && oldest !== undefined) next.delete(oldest);
  return next;
}

/** The apps after signing out of one; undefined when the person never signed in to it. */
export function withSignOut(apps: SignedInApps, app: string | null, at: number): SignedInApps | undefined {
  const former = apps.get(app);
  return former && new Map(apps).set(app, { ...former, validFrom: at });
}

/** Whether a token that was issued through an app is of before the person signed out of it. Issued: epoch seconds. */
export function isSignedOut(apps: SignedInApps, app: string | null, issuedAt: number): boolean {
  const signIn = apps.get(app);
  return signIn ? issuedAt * 1000 < (signIn.validFrom ?? 0) : apps.size >= MOST_APPS;
}
