import { useState } from "preact/hooks";
import { pools as api, surroundings } from "../api/admin";
import type { CreatedPool, PoolCreation } from "../api/types";
import { useWords } from "../language";
import { useAction, useLoaded } from "../loaded";
import { brand } from "../messages/brand";
import { pools } from "../messages/pools";
import { settings } from "../messages/settings";
import { Button } from "../parts/button";
import { Choice } from "../parts/choice";
import { TextField } from "../parts/field";
import { Refusal } from "../parts/notice";
import { Page, Panel } from "../parts/panel";
import { place } from "../places";
import { AlgorithmChoice, ExchangeChoice, LaunchChoice, PhoneChoice } from "./choices";
import { CreatedView } from "./created-view";

const POOL_ID = /^[0-9a-f]{24}$/;

interface Form extends Pick<Required<PoolCreation>, "exchange" | "phone" | "tokenAlgorithm"> {
  name: string;
  launch: "list" | "any";
  appId: string;
  appName: string;
  own: boolean;
  wechatAppId: string;
  wechatAppSecret: string;
  wechatUserName: string;
  id: string;
}

const BLANK: Form = {
  name: "",
  launch: "list",
  appId: "",
  appName: "",
  exchange: "secret",
  phone: "onRequest",
  own: false,
  wechatAppId: "",
  wechatAppSecret: "",
  wechatUserName: "",
  tokenAlgorithm: "HS256",
  id: "",
};

/** What the form says, as administration wants it. */
function creationOf(form: Form): PoolCreation {
  return {
    name: form.name.trim(),
    allowedApps:
      form.launch === "any"
        ? "*"
        : form.appId.trim() === ""
          ? []
          : [{ appId: form.appId.trim(), name: form.appName.trim() || form.name.trim() }],
    exchange: form.exchange,
    phone: form.phone,
    tokenAlgorithm: form.tokenAlgorithm,
    ...(form.id.trim() !== "" && { id: form.id.trim() }),
    ...(form.own && {
      wechatAppId: form.wechatAppId.trim(),
      wechatAppSecret: form.wechatAppSecret.trim(),
      ...(form.wechatUserName.trim() !== "" && { wechatUserName: form.wechatUserName.trim() }),
    }),
  };
}

export function NewPoolView() {
  const t = useWords(pools);
  const s = useWords(settings);
  const b = useWords(brand);
  const [form, setForm] = useState<Form>(BLANK);
  const [created, setCreated] = useState<CreatedPool>();
  const around = useLoaded(surroundings, []);
  const set = (part: Partial<Form>): void => setForm((former) => ({ ...former, ...part }));
  const noShared = around.state === "ready" && around.value.sharedApplet === null;
  const own = form.own || noShared;
  const creating = useAction(async () => setCreated(await api.create(creationOf({ ...form, own }))));
  if (created) return <CreatedView created={created} />;

  const idFault = form.id.trim() !== "" && !POOL_ID.test(form.id.trim()) ? t.movedIdFault : undefined;
  return (
    <Page title={t.create} lead={t.newLead} back={{ href: place.pools, name: t.title }}>
      <form
        class="stack wide narrow"
        onSubmit={(event) => {
          event.preventDefault();
          if (!idFault) creating.run();
        }}
      >
        <Panel title={t.basics}>
          <div class="stack">
            <TextField
              label={t.name}
              hint={t.nameHint}
              value={form.name}
              onValue={(name) => set({ name })}
              required
              maxLength={64}
              autofocus
            />
            <Choice
              legend={s.applet}
              value={own ? "own" : "shared"}
              onValue={(value) => set({ own: value === "own" })}
              options={[
                {
                  value: "shared",
                  name: s.appletShared,
                  about: noShared ? s.appletSharedMissing : s.appletSharedAbout,
                  disabled: noShared,
                },
                { value: "own", name: s.appletOwn, about: s.appletOwnAbout },
              ]}
            />
            {own && (
              <div class="stack inset">
                <TextField
                  label={s.wechatAppId}
                  hint={s.wechatAppIdHint}
                  mono
                  required
                  value={form.wechatAppId}
                  onValue={(wechatAppId) => set({ wechatAppId })}
                />
                <TextField
                  label={s.wechatAppSecret}
                  hint={s.secretNeeded}
                  type="password"
                  mono
                  required
                  autocomplete="new-password"
                  value={form.wechatAppSecret}
                  onValue={(wechatAppSecret) => set({ wechatAppSecret })}
                />
                <TextField
                  label={s.wechatUserName}
                  hint={s.wechatUserNameHint}
                  mono
                  placeholder="gh_…"
                  value={form.wechatUserName}
                  onValue={(wechatUserName) => set({ wechatUserName })}
                />
              </div>
            )}
          </div>
        </Panel>
        <Panel title={b.appsTitle} about={b.appsAbout}>
          <div class="stack">
            <LaunchChoice
              value={form.launch}
              onValue={(launch) => set({ launch, ...(launch === "any" && { exchange: "secret" }) })}
            />
            {form.launch === "list" && (
              <div class="stack inset">
                <h3>{t.firstApp}</h3>
                <div class="pair">
                  <TextField
                    label={b.appId}
                    hint={b.appIdHint}
                    mono
                    placeholder="wx…"
                    value={form.appId}
                    onValue={(appId) => set({ appId })}
                  />
                  <TextField
                    label={b.appName}
                    hint={b.appNameHint}
                    maxLength={64}
                    value={form.appName}
                    onValue={(appName) => set({ appName })}
                  />
                </div>
                <p class="small soft">{t.firstAppLater}</p>
              </div>
            )}
          </div>
        </Panel>
        <Panel title={s.exchangeTitle} about={s.exchangeAbout}>
          <ExchangeChoice
            guarded={form.launch === "list"}
            value={form.exchange}
            onValue={(exchange) => set({ exchange })}
          />
        </Panel>
        <Panel title={s.phoneTitle} about={s.phoneAbout}>
          <PhoneChoice value={form.phone} onValue={(phone) => set({ phone })} />
        </Panel>
        <details>
          <summary>{t.advanced}</summary>
          <Panel title={s.tokensTitle}>
            <div class="stack">
              <AlgorithmChoice value={form.tokenAlgorithm} onValue={(tokenAlgorithm) => set({ tokenAlgorithm })} />
              <TextField
                label={t.movedId}
                hint={t.movedIdHint}
                fault={idFault}
                mono
                value={form.id}
                onValue={(id) => set({ id })}
              />
            </div>
          </Panel>
        </details>
        <Refusal error={creating.error} />
        <div>
          <Button kind="primary" type="submit" busy={creating.busy}>
            {t.submit}
          </Button>
        </div>
      </form>
    </Page>
  );
}
