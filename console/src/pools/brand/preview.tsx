import { useState } from "preact/hooks";
import type { PoolSettings } from "../../api/types";
import { COLOR, contrastWithWhite, LEAST_CONTRAST } from "../../color";
import { useLanguage, useWords, type Language } from "../../language";
import { brand, LOGIN_PAGE } from "../../messages/brand";
import { Segments } from "../../parts/choice";
import { SelectField } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { initialOf, textIn, type OtherLanguage } from "../../texts";

type Shown = Language | OtherLanguage;
const POOL = "";

/** The page as a person sees it who was sent there by one of the apps. */
export function Preview({ draft }: { draft: PoolSettings }) {
  const t = useWords(brand);
  const { language: own } = useLanguage();
  const [chosen, setChosen] = useState<string>();
  const [language, setLanguage] = useState<Shown>(own);
  const [theme, setTheme] = useState<"light" | "dark">("light");
  const apps = draft.allowedApps === "*" ? [] : draft.allowedApps;
  const app = apps.find(({ appId }) => appId === (chosen ?? apps[0]?.appId));
  return (
    <aside class="preview" aria-label={t.preview}>
      <h2>{t.preview}</h2>
      <SelectField
        label={t.previewOf}
        value={app?.appId ?? POOL}
        onValue={setChosen}
        options={[
          ...apps.map(({ appId, name }) => ({ value: appId, name: textIn(name, own) || appId || t.untitled })),
          { value: POOL, name: t.previewPool },
        ]}
      />
      <div class="row">
        <Segments
          legend={t.previewLanguage}
          value={language}
          onValue={setLanguage}
          options={[
            { value: "zh-CN", name: "简" },
            { value: "zh-TW", name: "繁" },
            { value: "en", name: "En" },
          ]}
        />
        <Segments
          legend={t.previewTheme}
          value={theme}
          onValue={setTheme}
          options={[
            { value: "light", name: t.light },
            { value: "dark", name: t.dark },
          ]}
        />
      </div>
      <Screen draft={draft} app={app} language={language} theme={theme} />
      <p class="small soft">{t.previewNote}</p>
    </aside>
  );
}

interface ScreenProps {
  draft: PoolSettings;
  app: Exclude<PoolSettings["allowedApps"], "*">[number] | undefined;
  language: Shown;
  theme: "light" | "dark";
}

function Screen({ draft, app, language, theme }: ScreenProps) {
  const say = LOGIN_PAGE[language];
  const pool = textIn(draft.name, language);
  const name = textIn(app?.name, language) || pool;
  const logo = app?.logo ?? draft.logo;
  const wished = app?.color ?? draft.color ?? "";
  const color = COLOR.test(wished) && contrastWithWhite(wished) >= LEAST_CONTRAST ? wished : "#1f5c46";
  const asksPhone = draft.phone !== "never";
  const phoneReason = textIn(app?.reasons?.phone ?? draft.reasons.phone, language) || say.phoneReason;
  const identityReason = textIn(app?.reasons?.identity ?? draft.reasons.identity, language) || say.identityReason;
  return (
    <div class={`screen ${theme}`} style={{ "--theme": color }} lang={language}>
      <div class="bar">{say.bar}</div>
      <div class="top">
        <span class="logo">{logo?.startsWith("https://") ? <img src={logo} alt="" /> : initialOf(name)}</span>
        <p class="title">{say.title(name)}</p>
        {name !== pool && <p class="by">{say.by(pool)}</p>}
      </div>
      <div class="card">
        {asksPhone && (
          <p class="item">
            <Icon name="phone" />
            <span>
              <b>{say.phone}</b>
              {phoneReason}
            </span>
          </p>
        )}
        <p class="item">
          <Icon name="people" />
          <span>
            <b>{say.identity}</b>
            {identityReason}
          </span>
        </p>
      </div>
      <p class="by">
        <Icon name="lock" /> {say.not}
      </p>
      <div class="bottom">
        {draft.agreements.length > 0 && (
          <p class="agree">
            <i /> {say.agree} {draft.agreements.map(({ title }) => textIn(title, language)).join(` ${say.and} `)}
          </p>
        )}
        <span class="act">{asksPhone ? say.withPhone : say.confirm}</span>
        <span class="second">
          {asksPhone && draft.phoneOptional && <span>{say.later}</span>}
          <span>{say.cancel}</span>
        </span>
      </div>
    </div>
  );
}
