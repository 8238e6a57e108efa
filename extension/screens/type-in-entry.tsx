import { useEffect, useRef, useState } from "preact/hooks";
import type { EntryDraft } from "../../shared/otp/entry.ts";
import { forgetTypedForm, readTypedForm, rememberTypedForm } from "../intents/typed-form.ts";
import { EntryForm } from "../ui/entry-form.tsx";
import { EMPTY_FORM, type EntryFormState, restoredForm } from "../ui/entry-form-state.ts";
import { shortName } from "../ui/entry-name.ts";
import { t } from "../ui/i18n.ts";
import { addEntries } from "../vault/entries.ts";
import type { VaultState } from "../vault/state.ts";
import { domainPattern } from "./domain-pattern.ts";
import { ProtectForm } from "./protect-form.tsx";

/**
 * Typing an account in. What was typed is there again after the page was closed half-way; "cancel" and keeping forget it.
 *
 * @param props.site offered as the one to fill in at: where the secret was just shown; null where that is not known
 * @param props.waiting what waits for the question for a first passphrase, which then takes the form's place
 */
export function TypeInEntry(props: {
  vault: VaultState;
  site: string | null;
  waiting: EntryDraft | null;
  onWaiting: (draft: EntryDraft | null) => void;
  onDone: (sentence: string | null) => void;
}) {
  const { waiting, site } = props;
  const [initial, setInitial] = useState<EntryFormState | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const fresh = { ...EMPTY_FORM, sites: site ? [site] : [] };
    void readTypedForm(Date.now()).then((typed) => setInitial(typed ? restoredForm(typed) : fresh));
  }, []);
  const leave = (sentence: string | null) => {
    void forgetTypedForm();
    props.onDone(sentence);
  };

  const saving = useRef(false);
  const keep = async (draft: EntryDraft) => {
    if (saving.current) return;
    saving.current = true;
    props.onWaiting(null);
    setFailed(false);
    try {
      await addEntries([draft], { now: Date.now() });
    } catch {
      saving.current = false;
      return setFailed(true);
    }
    leave(t("keep.done", { name: shortName(draft) }));
  };

  return (
    <>
      {waiting && <ProtectForm vault="none" onDone={() => void keep(waiting)} />}
      {/* Hidden and not gone: what was typed is to be there again after a step back or a failure. */}
      <div hidden={waiting !== null}>
        {initial && (
          <EntryForm
            initial={initial}
            onTyped={({ kept: _, pin: __, ...form }) =>
              void rememberTypedForm({ ...form, sites: [...form.sites] }, Date.now())
            }
            secret="shown"
            domainPattern={domainPattern}
            action={t("keep.action")}
            onSubmit={(draft) => (props.vault.kind === "none" ? props.onWaiting(draft) : void keep(draft))}
            onCancel={() => leave(null)}
          >
            {failed && (
              <p class="problem" role="alert">
                {t("keep.failed")}
              </p>
            )}
          </EntryForm>
        )}
      </div>
    </>
  );
}
