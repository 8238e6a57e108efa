import { openPage } from "../../platform/surfaces.ts";
import { t, tn } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import { useSecond } from "../../ui/use-second.ts";
import type { VaultState } from "../../vault/state.ts";

/** The last line: where the codes are, when the vault locks, and the way to everything else. */
export function Foot(props: { vault: VaultState; kept: "here" | "shared" }) {
  const { vault } = props;
  // The notice that says more gives way to a more urgent one.
  const neverLocks = vault.kind === "unlocked" && vault.protection === "device";
  return (
    <footer class="foot">
      <span class="grow cut">
        {t(neverLocks ? "foot.never-locks" : props.kept === "here" ? "foot.this-device" : "foot.shared")}
      </span>
      {vault.kind === "unlocked" && vault.lockAt !== null && <LocksIn lockAt={vault.lockAt} />}
      <button
        type="button"
        class="icon-button"
        aria-label={t("foot.page")}
        title={t("foot.page")}
        onClick={() => void openPage("page.html#/codes").then(() => window.close())}
      >
        <Glyph name="open" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={t("foot.settings")}
        title={t("foot.settings")}
        onClick={() => void openPage("page.html#/settings").then(() => window.close())}
      >
        <Glyph name="gear" />
      </button>
    </footer>
  );
}

function LocksIn({ lockAt }: { lockAt: number }) {
  const now = useSecond();
  const minutes = Math.max(1, Math.round((lockAt - now) / 60_000));
  return <span>{tn("foot.locks-in", minutes)}</span>;
}
