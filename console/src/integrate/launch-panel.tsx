import { useState } from "preact/hooks";
import type { Pool, Surroundings } from "../api/types";
import { useWords } from "../language";
import { integrate } from "../messages/integrate";
import { Check, Segments } from "../parts/choice";
import { Code, Copy } from "../parts/copy";
import { Notice } from "../parts/notice";
import { Panel } from "../parts/panel";
import { LAUNCH_SNIPPETS, PLATFORMS, type Platform } from "./launch-snippets";

const OPTIONS = PLATFORMS.map((value) => ({ value, name: value }));

export function LaunchPanel({ pool, server }: { pool: Pool; server: Surroundings }) {
  const t = useWords(integrate);
  const [platform, setPlatform] = useState<Platform>("iOS");
  const [getPhone, setGetPhone] = useState(pool.phone !== "never");
  const own = pool.wechatAppId !== null;
  const userName = own ? pool.wechatUserName : server.sharedApplet?.userName;
  // The pool comes first: early HarmonyOS SDKs passed on the first parameter only.
  const path = `routes/explore?userPoolId=${pool.id}&getPhone=${getPhone ? 1 : 0}&fromApp=1&useSelfWxapp=${own ? 1 : 0}`;
  const appId = pool.allowedApps === "*" ? undefined : pool.allowedApps[0]?.appId;
  const text = LAUNCH_SNIPPETS[platform]({
    userName: userName ?? "gh_…",
    path,
    appId: appId ?? "wx…",
    pkce: pool.requirePkce,
  });
  return (
    <Panel title={t.launchTitle} about={t.launchAbout}>
      <div class="stack">
        <div class="field">
          <h3>{t.userName}</h3>
          {userName ? (
            <Copy value={userName} label={t.userName} />
          ) : (
            <Notice kind="warn">{own ? t.userNameMissing : t.userNameMissingShared}</Notice>
          )}
        </div>
        <div class="field">
          <h3>{t.path}</h3>
          <Copy value={path} label={t.path} />
          {pool.phone === "onRequest" && <Check checked={getPhone} onChecked={setGetPhone} label={t.getPhone} />}
        </div>
        <div class="scroll-x">
          <Segments legend={t.platform} value={platform} onValue={setPlatform} options={OPTIONS} />
        </div>
        <Code text={text} label={platform} />
        <p class="small soft break">{t.ticketNote}</p>
      </div>
    </Panel>
  );
}
