import { useEffect, useState } from "preact/hooks";
import { type AgeOpener, ageOpenerOf } from "../../backup/age-file.ts";
import { previewRestore, type RestoreItem, type RestorePreview } from "../../backup/preview-restore.ts";
import { readBackupFile } from "../../backup/read-backup-file.ts";
import { lastUndoableRestore, restore, type UndoableRestore, undoRestore } from "../../backup/restore.ts";
import { ProtectForm } from "../../screens/protect-form.tsx";
import { shortName } from "../../ui/entry-name.ts";
import { fieldName, restoreRefusalText, unreadableText } from "../../ui/error-text.ts";
import { FileButton } from "../../ui/file-button.tsx";
import { formatDateTime, formatList, formatSentences, t, tn } from "../../ui/i18n.ts";
import { LiveCode } from "../../ui/live-code.tsx";
import { WhenSeen } from "../../ui/when-seen.tsx";
import { AskFileSecret } from "./backup/ask-file-secret.tsx";
import type { SectionProps } from "./section-props.ts";

type Step =
  | { kind: "choose" }
  | { kind: "secret"; bytes: Uint8Array<ArrayBuffer>; fileName: string; opener: AgeOpener }
  | { kind: "protect" | "preview"; preview: RestorePreview };

/** A backup is opened, shown, chosen from, and only then written; the last restore can be undone. */
export function RestoreSection({ vault, say }: SectionProps) {
  const [step, setStep] = useState<Step>({ kind: "choose" });
  const [problem, setProblem] = useState<string | null>(null);
  const [undoable, setUndoable] = useState<UndoableRestore | null>(null);
  // What can't be read can't be taken back either.
  const lookForUndo = () => void lastUndoableRestore().then(setUndoable, () => setUndoable(null));
  useEffect(() => {
    if (vault.kind === "unlocked") lookForUndo();
  }, [vault.kind]);

  const choose = async (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    const bytes = await readBackupFile(file);
    if (!bytes.ok) return setProblem(restoreRefusalText(bytes.error));
    const opener = ageOpenerOf(bytes.value) ?? "passphrase";
    setStep({ kind: "secret", bytes: bytes.value, fileName: file.name, opener });
  };

  return (
    <section class="page-section" aria-labelledby="restore">
      <h2 id="restore">{t("restore.title")}</h2>
      {step.kind === "choose" && (
        <>
          <p class="dim">{t("restore.why")}</p>
          <div>
            <FileButton
              text={t("restore.choose")}
              label={t("restore.file")}
              accept=".age"
              multiple={false}
              tone="quiet"
              onFiles={(files) => void choose(files[0])}
            />
          </div>
          {problem && (
            <p class="problem" role="alert">
              {problem}
            </p>
          )}
        </>
      )}
      {step.kind === "secret" && (
        <AskFileSecret
          fileName={step.fileName}
          opener={step.opener}
          action={t("restore.open")}
          onCancel={() => setStep({ kind: "choose" })}
          onSubmit={async (secret) => {
            const preview = await previewRestore(step.bytes, secret);
            if (!preview.ok) return restoreRefusalText(preview.error);
            setStep({ kind: vault.kind === "none" ? "protect" : "preview", preview: preview.value });
            return null;
          }}
        />
      )}
      {step.kind === "protect" && (
        <ProtectForm vault="none" onDone={() => setStep({ kind: "preview", preview: step.preview })} />
      )}
      {step.kind === "preview" && (
        <Preview
          preview={step.preview}
          isReadOnly={vault.kind === "unopenable"}
          onCancel={() => setStep({ kind: "choose" })}
          onRestore={async (chosen) => {
            const outcome = await restore(step.preview, chosen).catch(() => null);
            if (outcome === null) return say({ tone: "warn", sentence: t("keep.failed") });
            setStep({ kind: "choose" });
            lookForUndo();
            const done = tn("restore.done", outcome.added + outcome.replaced);
            say(
              outcome.changedSince.length > 0
                ? {
                    tone: "warn",
                    sentence: formatSentences([
                      done,
                      tn("restore.changed-since", outcome.changedSince.length),
                    ]),
                  }
                : { tone: "done", sentence: done },
            );
          }}
        />
      )}
      {undoable && step.kind === "choose" && (
        <div class="notice boxed">
          <span class="grow">
            {tn("restore.undoable", undoable.entries, { when: formatDateTime(undoable.restoredAt) })}
          </span>
          <button
            type="button"
            class="button"
            onClick={async () => {
              const outcome = await undoRestore().catch(() => "failed" as const);
              if (outcome === "failed") return say({ tone: "warn", sentence: t("keep.failed") });
              setUndoable(null);
              if (!outcome) return;
              const done = tn("restore.undone", outcome.reverted);
              say(
                outcome.changedSince.length > 0
                  ? {
                      tone: "warn",
                      sentence: formatSentences([
                        done,
                        tn("restore.changed-since", outcome.changedSince.length),
                      ]),
                    }
                  : { tone: "done", sentence: done },
              );
            }}
          >
            {t("restore.undo")}
          </button>
        </div>
      )}
    </section>
  );
}

function Preview(props: {
  preview: RestorePreview;
  /** Where there is no vault to restore into, the codes of a backup are still good for signing in. */
  isReadOnly: boolean;
  onRestore: (chosen: readonly string[]) => Promise<void>;
  onCancel: () => void;
}) {
  const { items, createdAt } = props.preview;
  const [ticks, setTicks] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [busy, setBusy] = useState(false);
  const isTicked = (item: RestoreItem) => ticks.get(item.key) ?? item.kind === "new";
  const choosable = props.isReadOnly ? [] : items.filter(isChoosable);
  const chosen = choosable.filter(isTicked).map((item) => item.key);
  const hasNothingNew = !props.isReadOnly && items.length > 0 && items.every(({ kind }) => kind === "same");
  return (
    <form
      class="stack"
      aria-busy={busy}
      onSubmit={async (event) => {
        event.preventDefault();
        setBusy(true);
        await props.onRestore(chosen);
        setBusy(false);
      }}
    >
      <p>
        {formatSentences([
          tn("restore.preview", items.length, { when: formatDateTime(createdAt) }),
          hasNothingNew ? t("restore.nothing-new") : "",
        ])}
      </p>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t("trash.entry")}</th>
            <th scope="col">{t("restore.code-now")}</th>
            <th scope="col">{t("restore.state")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.key}>
              <td>
                <label class="check">
                  <input
                    type="checkbox"
                    disabled={props.isReadOnly || !isChoosable(item)}
                    checked={!props.isReadOnly && isChoosable(item) && isTicked(item)}
                    onChange={(event) => {
                      const ticked = event.currentTarget.checked;
                      setTicks((now) => new Map([...now, [item.key, ticked]]));
                    }}
                  />
                  <span>
                    <span class="row-issuer">{shortName(item)}</span>
                    <br />
                    <span class="small dim">{item.issuer ? item.account : ""}</span>
                  </span>
                </label>
              </td>
              <td>
                {item.kind !== "unreadable" && (
                  <WhenSeen>
                    <LiveCode parameters={item.entry} />
                  </WhenSeen>
                )}
              </td>
              <td class="small">{props.isReadOnly ? "" : stateText(item)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="line wrap">
        {choosable.length > 0 && (
          <button type="submit" class="button primary" disabled={busy || chosen.length === 0}>
            {busy ? t("restore.working") : tn("restore.action", chosen.length)}
          </button>
        )}
        <button
          type="button"
          class={choosable.length > 0 ? "button plain" : "button"}
          onClick={props.onCancel}
        >
          {t(choosable.length > 0 ? "action.cancel" : "action.close")}
        </button>
      </div>
    </form>
  );
}

function isChoosable(item: RestoreItem): boolean {
  return item.kind === "new" || item.kind === "differs";
}

function stateText(item: RestoreItem): string {
  switch (item.kind) {
    case "new":
      return t("restore.new");
    case "same":
      return t("restore.same");
    case "differs":
      return t("restore.differs", { fields: formatList(item.fields.map(fieldName)) });
    case "unreadable":
      return unreadableText(item.reason);
  }
}
