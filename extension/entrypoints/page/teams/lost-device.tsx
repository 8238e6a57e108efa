import { useState } from "preact/hooks";
import { addLostDevice } from "../../../groups/reenrolments.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { VaultLockedError } from "../../../vault/vault-locked.ts";
import type { SectionProps } from "../section-props.ts";

/** After a device of one's own was signed out: where it was lost, the way to the accounts that it could read. */
export function LostDevice(props: {
  serverId: string;
  /** What it called itself, where that is known. */
  label: string | null;
  say: SectionProps["say"];
  onClose: () => void;
}) {
  const { serverId, label, say, onClose } = props;
  const [busy, setBusy] = useState(false);
  const list = async () => {
    setBusy(true);
    try {
      const count = await addLostDevice(serverId, label);
      if (count > 0) return location.assign("#/reenrol");
      say({ tone: "done", sentence: t("teams.lost.nothing") });
      onClose();
    } catch (error) {
      // A vault that was locked meanwhile shows by itself.
      if (!(error instanceof VaultLockedError)) say({ tone: "warn", sentence: t("keep.failed") });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="notice boxed" role="status" aria-busy={busy}>
      <Glyph name="warn" />
      <div class="stack tight grow">
        <p>
          <strong>{label ? t("teams.lost.title-named", { name: label }) : t("teams.lost.title")}</strong>
        </p>
        <p>{t("teams.lost.why")}</p>
        <div class="line wrap">
          <button type="button" class="button" disabled={busy} onClick={() => void list()}>
            {t("teams.lost.action")}
          </button>
          <button type="button" class="button plain" disabled={busy} onClick={onClose}>
            {t("teams.lost.no")}
          </button>
        </div>
      </div>
    </div>
  );
}
