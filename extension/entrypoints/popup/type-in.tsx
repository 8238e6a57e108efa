import { useEffect, useRef, useState } from "preact/hooks";
import type { EntryDraft } from "../../../shared/otp/entry.ts";
import { siteOfUrl } from "../../autofill/match-site.ts";
import { forgetTypedForm, readTypedForm, rememberTypedForm } from "../../intents/typed-form.ts";
import type { TabInfo } from "../../platform/tabs.ts";
import { domainPattern } from "../../screens/domain-pattern.ts";
import { ProtectForm } from "../../screens/protect-form.tsx";
import { EntryForm } from "../../ui/entry-form.tsx";
import { EMPTY_FORM, type EntryFormState } from "../../ui/entry-form-state.ts";
import { shortName } from "../../ui/entry-name.ts";
import { t } from "../../ui/i18n.ts";
import { addEntries } from "../../vault/entries.ts";
import type { VaultState } from "../../vault/state.ts";
import { Screen } from "./screen.tsx";

/**
 * Typing an account in. The site of the tab in front is offered, since that is where the secret was just shown. What was
 * typed is there again after the popup was closed half-way; "cancel" and keeping forget it.
 */
export function TypeIn(props: {
  vault: VaultState;
  tab: TabInfo | null;
  onDone: (sentence: string | null) => void;
}) {
  const [initial, setInitial] = useState<EntryFormState | null>(null);
  const [waiting, setWaiting] = useState<EntryDraft | null>(null);
  const [failed, setFailed] = useState(false);
  const site = props.tab?.url ? siteOfUrl(props.tab.url) : null;

  useEffect(() => {
    const fresh = { ...EMPTY_FORM, sites: site ? [site] : [] };
    void readTypedForm(Date.now()).then((typed) => setInitial(typed ? { ...typed, kept: null } : fresh));
  }, []);
  const leave = (sentence: string | null) => {
    void forgetTypedForm();
    props.onDone(sentence);
  };

  const saving = useRef(false);
  const keep = async (draft: EntryDraft) => {
    if (saving.current) return;
    saving.current = true;
    setWaiting(null);
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
    <Screen
      title={t(waiting ? "protect.title" : "add.type")}
      onBack={() => (waiting ? setWaiting(null) : props.onDone(null))}
    >
      {waiting && <ProtectForm vault="none" onDone={() => void keep(waiting)} />}
      {/* Hidden and not gone: what was typed is to be there again after a step back or a failure. */}
      <div hidden={waiting !== null}>
        {initial && (
          <EntryForm
            initial={initial}
            onTyped={({ kept: _, ...form }) =>
              void rememberTypedForm({ ...form, sites: [...form.sites] }, Date.now())
            }
            secret="shown"
            domainPattern={domainPattern}
            action={t("keep.action")}
            onSubmit={(draft) => (props.vault.kind === "none" ? setWaiting(draft) : void keep(draft))}
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
    </Screen>
  );
}
