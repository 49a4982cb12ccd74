import { surroundings } from "../api/admin";
import type { Pool } from "../api/types";
import { useWords } from "../language";
import { useLoaded } from "../loaded";
import { integrate } from "../messages/integrate";
import { ButtonLink } from "../parts/button";
import { Copy } from "../parts/copy";
import { Notice, Refusal, Waiting } from "../parts/notice";
import { Panel } from "../parts/panel";
import { BackendPanel } from "./backend-panel";
import { LaunchPanel } from "./launch-panel";
import { Readiness } from "./readiness";

/** All an app developer has to copy, and whether it will work. */
export function IntegrateView({ pool }: { pool: Pool }) {
  const t = useWords(integrate);
  const around = useLoaded(surroundings, []);
  if (around.state === "loading") return <Waiting lines={8} />;
  if (around.state === "failed") return <Refusal error={around.error} onRetry={around.reload} />;
  const server = around.value;
  return (
    <div class="columns">
      <div class="stack wide first">
        <Readiness pool={pool} server={server} />
        {server.phoneOrigin !== null && (
          <Panel
            title={t.phoneTitle}
            about={t.phoneAbout}
            foot={
              <ButtonLink kind="primary" icon="open" target="_blank" href={phoneAddress(server.phoneOrigin, pool)}>
                {t.phoneOpen}
              </ButtonLink>
            }
          />
        )}
      </div>
      <div class="stack wide main">
        <LaunchPanel pool={pool} server={server} />
        <BackendPanel pool={pool} origin={server.publicOrigin} />
        <VerifyPanel pool={pool} origin={server.publicOrigin} />
        <details>
          <summary>{t.codeModeTitle}</summary>
          <div class="stack tight">
            <p>{t.codeMode}</p>
            <Notice kind="warn">{t.codeModeRisk}</Notice>
          </div>
        </details>
      </div>
    </div>
  );
}

/** The phone then plays the pool's first app, in the pool's own mini program if it has one. */
function phoneAddress(origin: string, { id, allowedApps, wechatAppId }: Pool): string {
  const app = allowedApps === "*" ? undefined : allowedApps[0];
  const query = new URLSearchParams({ pool: id });
  if (app) query.set("app", app.appId);
  if (wechatAppId !== null) query.set("applet", wechatAppId);
  return `${origin}/?${query}`;
}

function VerifyPanel({ pool, origin }: { pool: Pool; origin: string }) {
  const t = useWords(integrate);
  const issuer = `${origin}/${pool.id}`;
  const isPublic = pool.tokenAlgorithm === "ES256";
  return (
    <Panel title={t.verifyTitle} about={isPublic ? t.verifyEs : t.verifyHs}>
      <div class="stack">
        {isPublic && (
          <>
            <Labelled label={t.discovery} value={`${issuer}/.well-known/openid-configuration`} />
            <Labelled label={t.jwks} value={`${origin}/oauth/jwks/${pool.id}`} />
          </>
        )}
        <Labelled label={t.issuer} value={issuer} />
        <Labelled label={t.audience} value={pool.id} />
        <p class="small soft">{t.revoked}</p>
      </div>
    </Panel>
  );
}

function Labelled({ label, value }: { label: string; value: string }) {
  return (
    <div class="field">
      <h3>{label}</h3>
      <Copy value={value} label={label} />
    </div>
  );
}
