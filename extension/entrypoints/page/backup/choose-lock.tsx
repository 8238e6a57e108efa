import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type AgeLock, parseRecipient } from "../../../backup/age-file.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { NewPassphrase } from "../../../ui/new-passphrase.tsx";
import { TextField } from "../../../ui/text-field.tsx";

/** What the files are encrypted to: a passphrase, said twice, or the public half of a pair of keys. */
export function ChooseLock(props: { onChoose: (lock: AgeLock) => void; onCancel: () => void }) {
  const [kind, setKind] = useState<AgeLock["kind"]>("passphrase");
  const cancel = (
    <button type="button" class="button plain" onClick={props.onCancel}>
      {t("action.cancel")}
    </button>
  );
  return (
    <div class="stack">
      <fieldset class="lock-choices">
        <legend>{t("automatic.lock")}</legend>
        {(["passphrase", "recipient"] as const).map((each) => (
          <label key={each} class="check">
            <input type="radio" name="backup-lock" checked={kind === each} onChange={() => setKind(each)} />
            <span>{t(`automatic.lock.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      {kind === "passphrase" ? (
        <>
          <div class="notice boxed warn">
            <Glyph name="warn" />
            <span id="backup-lock-why">{t("automatic.passphrase-why")}</span>
          </div>
          <NewPassphrase
            label={t("automatic.passphrase")}
            describedBy="backup-lock-why"
            action={t("action.continue")}
            busy="idle"
            onChoose={(passphrase) => props.onChoose({ kind: "passphrase", passphrase })}
          >
            {cancel}
          </NewPassphrase>
        </>
      ) : (
        <Recipient onChoose={props.onChoose}>{cancel}</Recipient>
      )}
    </div>
  );
}

function Recipient(props: { onChoose: (lock: AgeLock) => void; children: ComponentChildren }) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <form
      class="stack"
      onSubmit={async (event) => {
        event.preventDefault();
        const recipient = await parseRecipient(typed);
        if (recipient.ok) props.onChoose({ kind: "recipient", recipient: recipient.value });
        else setProblem(t(`automatic.recipient.${recipient.error}`));
      }}
    >
      <div class="notice boxed warn">
        <Glyph name="warn" />
        <span>{t("automatic.recipient-why")}</span>
      </div>
      <TextField
        label={t("automatic.recipient")}
        kind="code"
        value={typed}
        problem={problem}
        onChange={(value) => {
          setProblem(null);
          setTyped(value);
        }}
      />
      <div class="line wrap">
        <button type="submit" class="button primary" disabled={typed.trim() === ""}>
          {t("action.continue")}
        </button>
        {props.children}
      </div>
    </form>
  );
}
