import { useState } from "preact/hooks";
import { pools as api } from "../api/admin";
import type { WeChatCheck as Check } from "../api/types";
import { useWords } from "../language";
import { useAction } from "../loaded";
import { errcodes, noAnswer, unknownErrcode } from "../messages/errcodes";
import { integrate } from "../messages/integrate";
import { outcomes } from "../messages/outcomes";
import { Button } from "../parts/button";
import { useSession } from "../session/session";
import { Notice, Refusal } from "../parts/notice";

/** Asks WeChat whether it knows the pool's mini program, and says what to do if not. */
export function WeChatCheck({ pool, standIn }: { pool: string; standIn: boolean }) {
  const t = useWords(integrate);
  const { mayChange } = useSession();
  const [result, setResult] = useState<Check>();
  const checking = useAction(async () => setResult(await api.checkWeChat(pool)));
  return (
    <div class="stack tight grow">
      <div>
        <h3>{t.wechat}</h3>
        <p class="small soft">
          {t.wechatAbout} {standIn && t.standIn}
        </p>
      </div>
      {mayChange && (
        <div>
          <Button size="small" busy={checking.busy} onClick={checking.run}>
            {result ? t.checkAgain : t.check}
          </Button>
        </div>
      )}
      <Refusal error={checking.error} />
      <div role="status">{result && !checking.busy && <Result result={result} />}</div>
    </div>
  );
}

function Result({ result }: { result: Check }) {
  const t = useWords(integrate);
  const known = useWords(errcodes);
  const unknown = useWords(unknownErrcode);
  const silent = useWords(noAnswer);
  const meaning = useWords(outcomes);
  if (result.ok) return <Notice kind="good">{t.checkGood(result.appId)}</Notice>;
  const { errcode, error, ip } = result;
  const refused = errcode === null && error !== "wechat.unavailable" ? meaning[error] : undefined;
  const advice = errcode === null ? (refused ?? silent) : (known[errcode] ?? unknown);
  return (
    <Notice kind="bad">
      <strong>{advice.what}</strong>
      {errcode !== null && (
        <span class="small">
          {" "}
          · {t.errcode} <code>{errcode}</code>
        </span>
      )}
      <p>{advice.todo}</p>
      {ip && (
        <p>
          <code>{t.seenIp(ip)}</code>
        </p>
      )}
    </Notice>
  );
}
