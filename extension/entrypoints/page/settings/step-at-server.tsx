import { hostOf } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";
import { AskedStep } from "../factor-step/asked-step.tsx";
import type { AskedFactor } from "../factor-step/use-asked-factor.ts";

/** A server that wants a second factor before it takes the vault's new passphrase, which the vault has by now. */
export function StepAtServer({ asked }: { asked: AskedFactor }) {
  return (
    <div class="stack">
      <p role="status">{t("teams.change.wants-factor", { host: hostOf(asked.half.origin) })}</p>
      <AskedStep asked={asked} />
    </div>
  );
}
