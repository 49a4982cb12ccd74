import type { Pool, Surroundings } from "../api/types";
import { useWords } from "../language";
import { integrate } from "../messages/integrate";
import { Icon } from "../parts/icon";
import { Panel } from "../parts/panel";
import { place } from "../places";
import { WeChatCheck } from "./wechat-check";

/** What has to be in order before an app can sign people in. */
export function Readiness({ pool, server }: { pool: Pool; server: Surroundings }) {
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
            <a class="small" href={place.pool(pool.id, "brand")}>
              {t.appsGo}
            </a>
          </div>
        </li>
        <li class={secure ? "good" : "todo"}>
          <Icon name={secure ? "done" : "warn"} />
          <div class="grow">
            <h3>{t.origin}</h3>
            <p class="small soft break">
              <code>{server.publicOrigin}</code> {secure ? t.originGood : t.originBad}
            </p>
          </div>
        </li>
      </ol>
    </Panel>
  );
}
