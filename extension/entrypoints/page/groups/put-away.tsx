import { useState } from "preact/hooks";
import { forgetGroup } from "../../../groups/forget-group.ts";
import type { GroupView } from "../../../groups/group-view.ts";
import { t, tn } from "../../../ui/i18n.ts";
import { VaultLockedError } from "../../../vault/vault-locked.ts";
import type { SectionProps } from "../section-props.ts";
import { Sure } from "./sure.tsx";

/** A group that one is out of, or that is closed, is put away from this device, with its accounts or without them. */
export function PutAway({ group, say }: { group: GroupView; say: SectionProps["say"] }) {
  const [isSure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const forget = async (entries: "keep" | "delete") => {
    if (busy) return;
    setBusy(true);
    try {
      await forgetGroup(group.g, entries);
      const key = entries === "keep" ? "groups.put-away.kept" : "groups.put-away.gone";
      say({ tone: "done", sentence: t(key, { group: group.name }) });
      location.assign("#/teams");
    } catch (error) {
      if (!(error instanceof VaultLockedError)) say({ tone: "warn", sentence: t("keep.failed") });
      setBusy(false);
    }
  };
  if (isSure)
    return (
      <Sure
        action={t("groups.put-away.sure")}
        busy={busy}
        onSure={() => void forget("delete")}
        onCancel={() => setSure(false)}
      >
        <p>{tn("groups.put-away.what", group.entries)}</p>
      </Sure>
    );
  return (
    <div class="line wrap">
      <button type="button" class="button" disabled={busy} onClick={() => void forget("keep")}>
        {t(group.entries > 0 ? "groups.put-away.keep" : "groups.put-away")}
      </button>
      {group.entries > 0 && (
        <button type="button" class="button plain danger-text" disabled={busy} onClick={() => setSure(true)}>
          {t("groups.put-away.delete")}
        </button>
      )}
    </div>
  );
}
