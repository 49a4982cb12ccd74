import { surroundings } from "../api/admin";
import type { Pool, Surroundings } from "../api/types";
import { useWords } from "../language";
import { useLoaded } from "../loaded";
import { integrate } from "../messages/integrate";
import { ButtonLink } from "../parts/button";
import { Copy } from "../parts/copy";
import { Icon } from "../parts/icon";
import { Notice, Refusal, Waiting } from "../parts/notice";
import { Panel } from "../parts/panel";
import { place } from "../places";
import { BackendPanel } from "./backend-panel";
import { LaunchPanel } from "./launch-panel";
import { WeChatCheck } from "./wechat-check";

/** All an app developer has to copy, and whether it will work. */
export function IntegrateView({ pool }: { pool: Pool }) {
  const t = useWords(integrate);
  const around = useLoaded(surroundings, []);
  if (around.state === "loading") return <Waiting lines={8} />;
  if (around.state === "failed") return <Refusal error={around.error} onRetry={around.reload} />;
  const server = around.value;
  return (
    <div class="stack wide narrow">
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
  );
}

function Readiness({ pool, server }: { pool: Pool; server: Surroundings }) {
  const t = useWords(integrate);
  const { allowedApps } = pool;
  const listed = allowedApps !== "*" && allowedApps.length > 0;
  const secure = server.publicOrigin.startsWith("https://");
  const hasApplet = pool.wechatAppId !== null || server.sharedApplet !== null;
  return (
    <Panel title={t.ready} about={t.readyAbout}>
      <ol class="steps">
        <li class={hasApplet ? "" : "todo"}>
          <Icon name={hasApplet ? "info" : "warn"} />
          {hasApplet ? (
            <WeChatCheck pool={pool.id} standIn={server.standIn} />
          ) : (
            <div class="grow">
              <h3>{t.wechat}</h3>
              <p class="small">{t.checkNone}</p>
            </div>
          )}
        </li>
        <li class={listed ? "good" : "todo"}>
          <Icon name={listed ? "done" : "warn"} />
          <div class="grow">
            <h3>{t.apps}</h3>
            <p class="small soft">
              {allowedApps === "*" ? t.appsAny : listed ? t.appsGood(allowedApps.length) : t.appsNone}
            </p>
          </div>
          <ButtonLink size="small" href={place.pool(pool.id, "brand")}>
            {t.appsGo}
          </ButtonLink>
        </li>
        <li class={secure ? "good" : "todo"}>
          <Icon name={secure ? "done" : "warn"} />
          <div class="grow">
            <h3>{t.origin}</h3>
            <p class="small soft">
              <code>{server.publicOrigin}</code> {secure ? t.originGood : t.originBad}
            </p>
          </div>
        </li>
      </ol>
    </Panel>
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
