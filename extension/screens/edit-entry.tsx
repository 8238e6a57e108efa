import { useEffect, useState } from "preact/hooks";
import type { Entry, EntryDraft } from "../../shared/otp/entry.ts";
import type { Result } from "../../shared/result.ts";
import { EntryForm } from "../ui/entry-form.tsx";
import { changedFields, draftToForm } from "../ui/entry-form-state.ts";
import { readRefusalText } from "../ui/error-text.ts";
import { t } from "../ui/i18n.ts";
import { Glyph } from "../ui/icons.tsx";
import { ManagedButton } from "../ui/managed-button.tsx";
import { useFocus } from "../ui/use-focus.ts";
import { editEntry } from "../vault/edit-entry.ts";
import { type ReadRefusal, readEntry } from "../vault/entries.ts";
import { AskOwnPassphrase } from "./ask-own-passphrase.tsx";
import { domainPattern } from "./domain-pattern.ts";
import { usePolicy } from "./use-policy.ts";
import { whyNotChangedNow } from "./why-not-changed.ts";

/**
 * Editing an entry with its live code in sight. The secret shows only after the passphrase was asked for again, and
 * never where the organisation forbids it.
 */
export function EditEntry(props: {
  entryId: string;
  protection: "passphrase" | "device";
  onDone: (sentence: string | null) => void;
}) {
  const [opened, setOpened] = useState<Result<Entry, ReadRefusal> | null>(null);
  const { exportForbidden } = usePolicy();
  const [wanted, setSecret] = useState<"hidden" | "asking" | "shown">("hidden");
  const secret = exportForbidden ? "hidden" : wanted;
  const [problem, setProblem] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  useEffect(() => {
    void Promise.all([readEntry(props.entryId), whyNotChangedNow(props.entryId)]).then(([entry, why]) => {
      setRefused(why);
      setOpened(entry);
    });
  }, [props.entryId]);

  const save = async (before: Entry, draft: EntryDraft) => {
    try {
      // The group may have taken the right away while the form was open: what was typed is still there to be copied out.
      const why = await whyNotChangedNow(props.entryId);
      if (why !== null) return setProblem(why);
      const patch = changedFields(draftToForm(before), draft);
      const result = await editEntry(props.entryId, patch, Date.now());
      if (result.ok) props.onDone(t(result.value === "saved" ? "edit.saved" : "edit.saved-old-in-trash"));
      else setProblem(readRefusalText(result.error));
    } catch {
      setProblem(t("keep.failed"));
    }
  };

  if (refused !== null) return <Refused why={refused} onClose={() => props.onDone(null)} />;
  return (
    <>
      {opened && !opened.ok && <p class="problem">{readRefusalText(opened.error)}</p>}
      {opened?.ok && secret === "asking" && (
        <AskOwnPassphrase
          label={t("edit.ask-passphrase")}
          action={t("edit.show-secret")}
          onRight={() => setSecret("shown")}
          onCancel={() => setSecret("hidden")}
        />
      )}
      {opened?.ok && (
        // Hidden and not gone while the passphrase is asked for: what was typed so far is to be there afterwards.
        <div hidden={secret === "asking"}>
          <EntryForm
            initial={draftToForm(opened.value)}
            secret={secret === "shown" ? "shown" : "hidden"}
            revealSecret={
              <ManagedButton
                tone="quiet"
                forbidden={exportForbidden ? t("policy.export-forbidden") : null}
                onClick={() => setSecret(props.protection === "passphrase" ? "asking" : "shown")}
              >
                <Glyph name="eye" />
                {t("edit.show-secret")}
              </ManagedButton>
            }
            domainPattern={domainPattern}
            action={t("action.save")}
            onSubmit={(draft) => void save(opened.value, draft)}
            onCancel={() => props.onDone(null)}
          >
            {problem && (
              <p class="problem" role="alert">
                {problem}
              </p>
            )}
          </EntryForm>
        </div>
      )}
    </>
  );
}

/** Whoever may only use an entry's codes is told so before they type anything. */
function Refused(props: { why: string; onClose: () => void }) {
  const close = useFocus<HTMLButtonElement>();
  return (
    <div class="stack">
      <p role="alert">{props.why}</p>
      <div>
        <button ref={close} type="button" class="button" onClick={props.onClose}>
          {t("action.back")}
        </button>
      </div>
    </div>
  );
}
