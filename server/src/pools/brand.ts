import type { Language, PoolView } from "@app2wxapp/protocol";
import { textIn } from "./localized";
import type { AllowedApp, PoolSettings } from "./pool-settings";
import { USUAL_REASONS } from "./usual-reasons";

type Dressed = Pick<PoolSettings, "allowedApps" | "logo" | "color" | "reasons">;

/** How this login looks, and why it asks for what it asks: as the calling app's entry says, else as the pool does, else as anybody would. */
export function brandOf(pool: Dressed, caller: string | null, language: Language): Pick<PoolView, "brand" | "reasons"> {
  const app = allowedApp(pool, caller);
  const brand = { logo: app?.logo ?? pool.logo, color: app?.color ?? pool.color };
  const reason = (topic: keyof typeof USUAL_REASONS): string =>
    textIn(app?.reasons?.[topic] ?? pool.reasons[topic] ?? USUAL_REASONS[topic], language);
  return {
    ...((brand.logo ?? brand.color) !== null && { brand }),
    reasons: { phone: reason("phone"), identity: reason("identity") },
  };
}

/** The entry of the app that opened the applet, where the pool lists its apps. */
export function allowedApp(pool: Pick<PoolSettings, "allowedApps">, caller: string | null): AllowedApp | undefined {
  return pool.allowedApps === "*" ? undefined : pool.allowedApps.find(({ appId }) => appId === caller);
}
