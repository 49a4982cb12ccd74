import { useState } from "preact/hooks";
import type { CallingApp, PoolSettings } from "../../api/types";
import { useLanguage, useWords } from "../../language";
import { brand } from "../../messages/brand";
import { Avatar } from "../../parts/avatar";
import { Button } from "../../parts/button";
import { TextField } from "../../parts/field";
import { LocalTextField } from "../../parts/local-text-field";
import { Panel } from "../../parts/panel";
import { textIn } from "../../texts";
import { LaunchChoice, MissingCallerChoice } from "../choices";
import { LookFields, type Look } from "./look-fields";

const APP_ID = /^[A-Za-z0-9_-]{1,64}$/;

interface Props {
  draft: PoolSettings;
  change(part: Partial<PoolSettings>): void;
  disabled: boolean;
}

export function AppsPanel({ draft, change, disabled }: Props) {
  const t = useWords(brand);
  const listOnly = draft.exchange !== "secret";
  const apps = draft.allowedApps === "*" ? [] : draft.allowedApps;
  const setApps = (allowedApps: CallingApp[]): void => change({ allowedApps });
  return (
    <Panel title={t.appsTitle} about={t.appsAbout}>
      <div class="stack">
        <LaunchChoice
          disabled={disabled}
          listOnly={listOnly}
          value={draft.allowedApps === "*" ? "any" : "list"}
          onValue={(value) =>
            change(
              value === "any"
                ? { allowedApps: "*", missingCaller: "allow" }
                : { allowedApps: [], missingCaller: "deny" },
            )
          }
        />
        {draft.allowedApps !== "*" && (
          <>
            {apps.length === 0 && <p class="soft">{t.noApps}</p>}
            {apps.map((app, index) => (
              <AppFields
                key={index}
                app={app}
                disabled={disabled}
                onApp={(next) => setApps(apps.map((one, at) => (at === index ? next : one)))}
                onRemove={() => setApps(apps.filter((_, at) => at !== index))}
              />
            ))}
            {!disabled && (
              <div>
                <Button icon="plus" onClick={() => setApps([...apps, { appId: "", name: "" }])}>
                  {t.addApp}
                </Button>
              </div>
            )}
            <MissingCallerChoice
              disabled={disabled}
              listOnly={listOnly}
              value={draft.missingCaller}
              onValue={(missingCaller) => change({ missingCaller })}
            />
          </>
        )}
      </div>
    </Panel>
  );
}

interface AppProps {
  app: CallingApp;
  onApp(app: CallingApp): void;
  onRemove(): void;
  disabled: boolean;
}

function AppFields({ app, onApp, onRemove, disabled }: AppProps) {
  const t = useWords(brand);
  const { language } = useLanguage();
  const [isNew] = useState(app.appId === "");
  const name = textIn(app.name, language) || t.untitled;
  const look: Look = { logo: app.logo ?? null, color: app.color ?? null, reasons: app.reasons ?? {} };
  const setLook = (part: Partial<Look>): void => onApp(withLook(app, { ...look, ...part }));
  return (
    <details class="inset app" open={isNew}>
      <summary>
        <span class="who-cell">
          <Avatar name={name} logo={app.logo} color={app.color} />
          <span>
            <strong>{name}</strong>
            <code class="soft">{app.appId}</code>
          </span>
        </span>
      </summary>
      <fieldset class="stack">
        <legend class="unseen">{name}</legend>
        <TextField
          label={t.appId}
          hint={t.appIdHint}
          fault={app.appId !== "" && !APP_ID.test(app.appId) ? t.appIdFault : undefined}
          mono
          required
          disabled={disabled}
          placeholder="wx…"
          value={app.appId}
          onValue={(appId) => onApp({ ...app, appId: appId.trim() })}
        />
        <LocalTextField
          label={t.appName}
          hint={t.appNameHint}
          required
          maxLength={64}
          disabled={disabled}
          value={app.name}
          onValue={(next) => onApp({ ...app, name: next })}
        />
        <h3>{t.own}</h3>
        <LookFields disabled={disabled} value={look} onValue={setLook} />
        {!disabled && (
          <div>
            <Button kind="danger" size="small" icon="trash" onClick={onRemove}>
              {t.removeApp}
              <span class="unseen"> {name}</span>
            </Button>
          </div>
        )}
      </fieldset>
    </details>
  );
}

/** Only what is set is kept: the rest comes from the pool. */
function withLook({ appId, name }: CallingApp, { logo, color, reasons }: Look): CallingApp {
  return {
    appId,
    name,
    ...(logo !== null && { logo }),
    ...(color !== null && { color }),
    ...(Object.keys(reasons).length > 0 && { reasons }),
  };
}
