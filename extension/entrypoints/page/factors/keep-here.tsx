import { useState } from "preact/hooks";
import type { EntryDraft } from "../../../../shared/otp/entry.ts";
import { announce } from "../../../ui/announcer.tsx";
import { shortName } from "../../../ui/entry-name.ts";
import { t } from "../../../ui/i18n.ts";
import { LiveCode } from "../../../ui/live-code.tsx";
import { addEntries } from "../../../vault/entries.ts";

/** Keeps the authenticator that is being set up as an account of the vault too, and says what is to be thought of. */
export function KeepHere(props: { draft: EntryDraft; isKept: boolean; onKept: (entryId: string) => void }) {
  const { draft } = props;
  const [busy, setBusy] = useState(false);
  const [isFailed, setFailed] = useState(false);
  const name = shortName(draft);
  const keep = async () => {
    if (busy) return;
    setBusy(true);
    setFailed(false);
    try {
      const [id] = await addEntries([draft], { now: Date.now() });
      if (id === undefined) throw Error("what was kept has no id");
      announce(t("factors.keep.kept", { name }));
      props.onKept(id);
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="stack tight">
      {props.isKept ? (
        <>
          <p>{t("factors.keep.kept", { name })}</p>
          <LiveCode parameters={draft} />
        </>
      ) : (
        <div>
          <button type="button" class="button" disabled={busy} onClick={() => void keep()}>
            {t("factors.keep.action")}
          </button>
        </div>
      )}
      {isFailed && (
        <p class="problem" role="alert">
          {t("factors.keep.failed")}
        </p>
      )}
      <p class="small dim">{t("factors.keep.warning")}</p>
    </div>
  );
}
