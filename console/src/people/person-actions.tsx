import { useState } from "preact/hooks";
import { people as api } from "../api/admin";
import type { Person } from "../api/types";
import { useWords } from "../language";
import { useAction } from "../loaded";
import { people } from "../messages/people";
import { Button } from "../parts/button";
import { Confirm } from "../parts/dialog";
import { useSession } from "../session/session";

export type Done = "block" | "unblock" | "signOut";

interface Props {
  pool: string;
  user: Person;
  onUser(user: Person, done: Done): void;
  onErased(): void;
}

export function PersonActions({ pool, user, onUser, onErased }: Props) {
  const t = useWords(people);
  const { mayChange } = useSession();
  const [asked, setAsked] = useState<Done | "erase">();
  const acting = useAction(async () => {
    if (asked === "erase") {
      await api.erase(pool, user.id);
      onErased();
    } else if (asked === "signOut") {
      onUser((await api.signOut(pool, user.id)).user, asked);
    } else if (asked) {
      onUser((await api.block(pool, user.id, asked === "block")).user, asked);
    }
    setAsked(undefined);
  });
  if (!mayChange) return null;
  const ask = (what: Done | "erase") => () => {
    acting.forget();
    setAsked(what);
  };
  const toggle = user.blocked ? "unblock" : "block";
  return (
    <div class="row" role="group" aria-label={t.actions}>
      <Button onClick={ask(toggle)}>{t[toggle]}</Button>
      <Button onClick={ask("signOut")}>{t.signOut}</Button>
      <Button kind="danger" icon="trash" onClick={ask("erase")}>
        {t.erase}
      </Button>
      {asked && (
        <Confirm
          title={t[`${asked}Title`](user.nickname)}
          act={t[asked]}
          danger={asked === "erase" || asked === "block"}
          {...(asked === "erase" && { typed: user.id })}
          busy={acting.busy}
          error={acting.error}
          onConfirm={acting.run}
          onClose={() => setAsked(undefined)}
        >
          <p>{t[`${asked}About`]}</p>
          {(asked === "block" || asked === "signOut") && <p class="soft small">{t.localNote}</p>}
        </Confirm>
      )}
    </div>
  );
}
