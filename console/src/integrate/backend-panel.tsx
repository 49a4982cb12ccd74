import { useState } from "preact/hooks";
import type { Pool } from "../api/types";
import { useWords } from "../language";
import { integrate } from "../messages/integrate";
import { Segments } from "../parts/choice";
import { Code } from "../parts/copy";
import { Panel } from "../parts/panel";
import { BACKEND_SNIPPETS, BACKENDS, type Backend } from "./backend-snippets";

const OPTIONS = BACKENDS.map((value) => ({ value, name: value }));

export function BackendPanel({ pool, origin }: { pool: Pool; origin: string }) {
  const t = useWords(integrate);
  const [backend, setBackend] = useState<Backend>("cURL");
  const text = BACKEND_SNIPPETS[backend]({ origin, pool: pool.id, mode: pool.exchange });
  return (
    <Panel title={t.backendTitle} about={t.backendAbout[pool.exchange]}>
      <div class="stack">
        <div class="scroll-x">
          <Segments legend={t.language} value={backend} onValue={setBackend} options={OPTIONS} />
        </div>
        <Code text={text} label={backend} />
      </div>
    </Panel>
  );
}
