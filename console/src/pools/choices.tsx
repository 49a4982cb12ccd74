import type { PoolSettings } from "../api/types";
import { useWords } from "../language";
import { brand } from "../messages/brand";
import { settings } from "../messages/settings";
import { Choice } from "../parts/choice";

interface Chosen<T> {
  value: T;
  onValue(value: T): void;
  disabled?: boolean;
}

/** Whether a ticket that needs no secret is guarded by who may launch: the server refuses it otherwise. */
export function isGuarded({
  allowedApps,
  missingCaller,
}: Pick<PoolSettings, "allowedApps" | "missingCaller">): boolean {
  return allowedApps !== "*" && missingCaller === "deny";
}

export function ExchangeChoice({ guarded, ...rest }: Chosen<PoolSettings["exchange"]> & { guarded: boolean }) {
  const t = useWords(settings);
  const needsList = guarded ? {} : { disabled: true };
  const because = (about: string) => (guarded ? about : `${about} ${t.exchangeNeedsList}`);
  return (
    <Choice
      {...rest}
      legend={t.exchange}
      options={[
        { value: "secret", name: t.exchangeSecret, about: t.exchangeSecretAbout },
        { value: "pkce", name: t.exchangePkce, about: because(t.exchangePkceAbout), ...needsList },
        {
          value: "open",
          name: t.exchangeOpen,
          about: because(t.exchangeOpenAbout),
          risk: t.exchangeOpenRisk,
          ...needsList,
        },
      ]}
    />
  );
}

export function LaunchChoice({ listOnly, ...rest }: Chosen<"list" | "any"> & { listOnly?: boolean }) {
  const t = useWords(brand);
  return (
    <Choice
      {...rest}
      legend={t.launch}
      options={[
        { value: "list", name: t.list, about: t.listAbout },
        { value: "any", name: t.any, about: t.anyAbout, risk: t.anyRisk, disabled: listOnly === true },
      ]}
    />
  );
}

export function MissingCallerChoice({
  listOnly,
  ...rest
}: Chosen<PoolSettings["missingCaller"]> & { listOnly?: boolean }) {
  const t = useWords(brand);
  return (
    <Choice
      {...rest}
      legend={t.missing}
      options={[
        { value: "deny", name: t.missingDeny, about: t.missingDenyAbout },
        {
          value: "allow",
          name: t.missingAllow,
          about: t.missingAllowAbout,
          risk: t.missingAllowRisk,
          disabled: listOnly === true,
        },
      ]}
    />
  );
}

export function PhoneChoice(props: Chosen<PoolSettings["phone"]>) {
  const t = useWords(settings);
  return (
    <Choice
      {...props}
      legend={t.phone}
      options={[
        { value: "onRequest", name: t.phoneOnRequest, about: t.phoneOnRequestAbout },
        { value: "always", name: t.phoneAlways, about: t.phoneAlwaysAbout },
        { value: "never", name: t.phoneNever, about: t.phoneNeverAbout },
      ]}
    />
  );
}

export function AlgorithmChoice(props: Chosen<"HS256" | "ES256">) {
  const t = useWords(settings);
  return (
    <Choice
      {...props}
      legend={t.algorithm}
      hint={t.algorithmHint}
      options={[
        { value: "HS256", name: t.hs256, about: t.hs256About },
        { value: "ES256", name: t.es256, about: t.es256About },
      ]}
    />
  );
}
