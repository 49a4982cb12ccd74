import { html, render } from "lit-html";
import type { PhoneSetup } from "../../setup";
import { words } from "./words";

/** A pool of the operator's own, with which the console opens the phone: `?pool=…&app=…&applet=…`. */
export interface OtherPool {
  id: string;
  /** AppID of the app that is played; missing: the demo's. */
  appId: string | undefined;
  /** AppID of the pool's own applet; missing: the shared one. */
  appletId: string | undefined;
  /** Of the pool; empty where an exchange needs none. Kept in this page only. */
  secret: string;
}

/** The names that are no settings of the device. */
export const OTHER_POOL_NAMES: readonly string[] = ["pool", "app", "applet"];

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Asks for what no address may hold: the secret that the host app's backend will show. */
export async function askOtherPool(query: URLSearchParams): Promise<OtherPool | undefined> {
  const given = (name: string): string | undefined => {
    const text = query.get(name) ?? "";
    return ID.test(text) ? text : undefined;
  };
  const id = given("pool");
  if (id === undefined) return undefined;
  const dialog = document.createElement("dialog");
  dialog.className = "other-pool";
  document.body.append(dialog);
  render(
    html`
      <form method="dialog">
        <h2>${words().otherPool.title}</h2>
        <p>${words().otherPool.about}</p>
        <p><code>${id}</code></p>
        <label>
          ${words().otherPool.secret}
          <input type="password" autocomplete="off" />
        </label>
        <button>${words().otherPool.start}</button>
      </form>
    `,
    dialog,
  );
  dialog.showModal();
  await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  const secret = dialog.querySelector("input")?.value.trim() ?? "";
  dialog.remove();
  return { id, appId: given("app"), appletId: given("applet"), secret };
}

/** The phone as it plays that pool's app instead of the demo's. */
export function playing(setup: PhoneSetup, other: OtherPool | undefined): PhoneSetup {
  if (!other) return setup;
  return {
    ...setup,
    appId: other.appletId ?? setup.appId,
    host: { ...setup.host, appId: other.appId ?? setup.host.appId, userPoolId: other.id },
  };
}
