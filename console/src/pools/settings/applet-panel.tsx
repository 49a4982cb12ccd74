import { surroundings } from "../../api/admin";
import type { Pool } from "../../api/types";
import { useWords } from "../../language";
import { useLoaded } from "../../loaded";
import { settings } from "../../messages/settings";
import { Choice } from "../../parts/choice";
import { TextField } from "../../parts/field";
import { Panel } from "../../parts/panel";
import type { PoolDraft } from "../draft";

/** Which mini program the pool's people see; its AppSecret goes in and never comes out. */
export function AppletPanel({ draft, change, stored, fixed }: PoolDraft & { stored: Pool; fixed: boolean }) {
  const t = useWords(settings);
  const around = useLoaded(surroundings, []);
  const noShared = around.state === "ready" && around.value.sharedApplet === null;
  const own = draft.wechatAppId !== null;
  const kept = stored.wechatAppId !== null && draft.wechatAppId === stored.wechatAppId;
  return (
    <Panel id="applet" title={t.appletTitle} about={t.appletAbout}>
      <div class="stack">
        <Choice
          legend={t.applet}
          disabled={fixed}
          value={own ? "own" : "shared"}
          onValue={(value) =>
            change(
              value === "own"
                ? { wechatAppId: stored.wechatAppId ?? "", wechatUserName: stored.wechatUserName }
                : { wechatAppId: null, wechatUserName: null, wechatAppSecret: "" },
            )
          }
          options={[
            {
              value: "shared",
              name: t.appletShared,
              about: noShared ? t.appletSharedMissing : t.appletSharedAbout,
              disabled: noShared,
            },
            { value: "own", name: t.appletOwn, about: t.appletOwnAbout },
          ]}
        />
        {own && (
          <div class="stack inset">
            <TextField
              label={t.wechatAppId}
              hint={t.wechatAppIdHint}
              mono
              required
              disabled={fixed}
              value={draft.wechatAppId ?? ""}
              onValue={(wechatAppId) => change({ wechatAppId: wechatAppId.trim() })}
            />
            <TextField
              label={t.wechatAppSecret}
              hint={kept ? t.secretKept : t.secretNeeded}
              type="password"
              mono
              autocomplete="new-password"
              required={!kept}
              disabled={fixed}
              placeholder={kept ? t.secretPlaceholder : ""}
              value={draft.wechatAppSecret ?? ""}
              onValue={(wechatAppSecret) => change({ wechatAppSecret: wechatAppSecret.trim() })}
            />
            <TextField
              label={t.wechatUserName}
              hint={t.wechatUserNameHint}
              mono
              placeholder="gh_…"
              disabled={fixed}
              value={draft.wechatUserName ?? ""}
              onValue={(name) => change({ wechatUserName: name.trim() === "" ? null : name.trim() })}
            />
          </div>
        )}
      </div>
    </Panel>
  );
}
