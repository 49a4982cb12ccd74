/** What the app receives when the person confirms, and since when it counts. All times are epoch milliseconds. */
export type Proof =
  /** `sentAt` is when its request was sent: the server cannot have issued it earlier, so its life is never overrated. */
  | { kind: "ticket"; ticket: string; sentAt: number; lifeInSeconds: number }
  | { kind: "codes"; loginCode: string; loginAt: number; phoneCode: string; phoneAt: number };

/** A wx.login or phone code lives five minutes; none older than four goes out. */
const CODE_GOES_OUT_FOR = 4 * 60_000;
/** How long before it is due a proof is renewed: the request may take as long as its timeout. */
const RENEWAL_LEAD = 10_000;

/** From here on the proof must not be handed over: a ticket keeps at least min(60 s, half its life) for the app. */
export function dueAt(proof: Proof): number {
  if (proof.kind === "codes") return Math.min(proof.loginAt, proof.phoneAt) + CODE_GOES_OUT_FOR;
  const life = proof.lifeInSeconds * 1000;
  return proof.sentAt + life - Math.min(60_000, life / 2);
}

/** Whether another call brings a younger proof. It does not when the phone code is what ages. */
export function isRenewable(proof: Proof): boolean {
  return proof.kind === "ticket" || proof.loginAt < proof.phoneAt;
}

/** When to ask for the next one, while this one is still good. */
export function renewAt(proof: Proof): number {
  return dueAt(proof) - Math.min(RENEWAL_LEAD, (dueAt(proof) - bornAt(proof)) / 2);
}

/** A clock that stands before the proof's birth was set back, and says nothing about its age. */
export function isFresh(proof: Proof, at: number): boolean {
  return at >= bornAt(proof) && at < dueAt(proof);
}

/** Whether a phone code may still go out; it cannot be renewed without asking the person. */
export function isPhoneCodeFresh(phoneAt: number, at: number): boolean {
  return at >= phoneAt && at < phoneAt + CODE_GOES_OUT_FOR;
}

function bornAt(proof: Proof): number {
  return proof.kind === "ticket" ? proof.sentAt : Math.min(proof.loginAt, proof.phoneAt);
}
