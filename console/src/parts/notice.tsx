import type { ComponentChildren } from "preact";
import type { ApiError } from "../api/client";
import { useWords } from "../language";
import { explain } from "../messages/refusals";
import { parts } from "../messages/parts";
import { Button } from "./button";
import { Icon, type IconName } from "./icon";

const ICONS: Record<string, IconName> = { plain: "info", good: "done", warn: "warn", bad: "warn" };

export function Notice({
  kind = "plain",
  children,
}: {
  kind?: "plain" | "good" | "warn" | "bad";
  children: ComponentChildren;
}) {
  return (
    <div class={`notice ${kind}`} role={kind === "bad" ? "alert" : undefined}>
      <Icon name={ICONS[kind] ?? "info"} />
      <div>{children}</div>
    </div>
  );
}

/** What the server refused, why, and what to do; with the id under which its log has it. */
export function Refusal({ error, onRetry }: { error: ApiError | undefined; onRetry?: () => void }) {
  const t = useWords(parts);
  const say = useWords(explain);
  if (!error) return null;
  return (
    <Notice kind="bad">
      {say(error)}
      {error.requestId && error.status >= 500 && (
        <div class="small">
          {t.requestId} <code>{error.requestId}</code>
        </div>
      )}
      {onRetry && (
        <div>
          <Button kind="quiet" size="small" onClick={onRetry}>
            {t.retry}
          </Button>
        </div>
      )}
    </Notice>
  );
}

export function Waiting({ lines = 4 }: { lines?: number }) {
  const t = useWords(parts);
  return (
    <div class="waiting" role="status">
      <span class="unseen">{t.loading}</span>
      {Array.from({ length: lines }, (_, index) => (
        <i key={index} />
      ))}
    </div>
  );
}

export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}
