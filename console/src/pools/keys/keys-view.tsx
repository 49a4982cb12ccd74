import type { PoolTabProps } from "../pool-view";
import { SecretPanel } from "./secret-panel";
import { TokenKeyPanel } from "./token-key-panel";

export function KeysView({ pool }: PoolTabProps) {
  return (
    <div class="stack wide narrow">
      <SecretPanel pool={pool} />
      <TokenKeyPanel stored={pool} />
    </div>
  );
}
