/** What clients saw of one exchange. */
export interface Exchange {
  ticket: string;
  /** When it was sent and answered, by the monotonic clock of whoever recorded it. */
  sentAt: number;
  answeredAt: number;
  /** Unknown: no answer, or one that promises nothing. */
  outcome: { kind: "ok"; userId: string; jti: string } | { kind: "refused"; error: string } | { kind: "unknown" };
}

/** Everything that was acknowledged to clients, and what they did with it. */
export interface History {
  /** Tickets that were handed out, with whose login each is of. */
  tickets: ReadonlyMap<string, string>;
  exchanges: readonly Exchange[];
}

/** What the database holds in the end. */
export interface FinalState {
  /** The token's id of each ticket that was redeemed. */
  redeemed: ReadonlyMap<string, string>;
  /** How often each user logged in. */
  logins: ReadonlyMap<string, number>;
}

/** All that contradicts the promises: every redemption at most once, and nothing lost that was acknowledged. */
export function anomaliesOf({ tickets, exchanges }: History, final: FinalState): string[] {
  const found: string[] = [];
  const users = new Map<string, string>();
  const redemptions = new Map<string, number>();
  for (const [ticket, all] of byTicket(exchanges)) {
    const [won, ...again] = all.filter(({ outcome }) => outcome.kind === "ok");
    if (again.length > 0) found.push(`${ticket}: redeemed ${again.length + 1} times`);
    for (const { outcome, answeredAt } of all) {
      if (outcome.kind !== "refused") continue;
      // It lives longer than the recording.
      if (outcome.error !== "ticket.used") found.push(`${ticket}: acknowledged, but refused as ${outcome.error}`);
      else if (!all.some((one) => one.outcome.kind !== "refused" && one.sentAt < answeredAt)) {
        found.push(`${ticket}: refused as used before anybody can have used it`);
      }
    }
    if (won?.outcome.kind !== "ok") continue;
    const { userId, jti } = won.outcome;
    if (final.redeemed.get(ticket) !== jti) found.push(`${ticket}: an acknowledged exchange is lost`);
    const person = tickets.get(ticket) ?? "?";
    const known = users.get(person) ?? userId;
    if (known !== userId) found.push(`${person}: two accounts of one person, ${known} and ${userId}`);
    users.set(person, known);
  }
  for (const ticket of final.redeemed.keys()) {
    const person = tickets.get(ticket);
    if (person !== undefined) redemptions.set(person, (redemptions.get(person) ?? 0) + 1);
  }
  for (const [person, userId] of users) {
    const [logins, redeemed] = [final.logins.get(userId) ?? 0, redemptions.get(person) ?? 0];
    if (logins !== redeemed) found.push(`${person}: ${redeemed} tickets were redeemed, ${logins} logins counted`);
  }
  return found;
}

function byTicket(exchanges: readonly Exchange[]): Map<string, Exchange[]> {
  const all = new Map<string, Exchange[]>();
  for (const one of exchanges) all.set(one.ticket, [...(all.get(one.ticket) ?? []), one]);
  return all;
}
