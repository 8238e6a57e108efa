import { useState } from "preact/hooks";
import { type AutomaticState, allowFolderAgain } from "../../../backup/automatic/automatic-state.ts";
import { makeBackup } from "../../../backup/automatic/make-backup.ts";
import { changeLock, changePlan } from "../../../backup/automatic/plan.ts";
import { askForDownloads } from "../../../platform/downloads.ts";
import { AskOwnPassphrase } from "../../../screens/ask-own-passphrase.tsx";
import { backupFailureText } from "../../../ui/error-text.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { protectionOf } from "../../../vault/state.ts";
import type { SectionProps } from "../section-props.ts";
import { AutomaticFacts } from "./automatic-facts.tsx";
import { makingText } from "./automatic-text.ts";
import { ChooseLock } from "./choose-lock.tsx";
import { ChoosePlace } from "./choose-place.tsx";
import { TryBackup } from "./try-backup.tsx";

type Open = "nothing" | "trial" | "choices" | "own" | "lock";

/** What there is to know of backups that are made by themselves, and what can be done about them. */
export function AutomaticOn(props: SectionProps & { state: AutomaticState; onOff: () => Promise<void> }) {
  const { vault, say, state } = props;
  const { plan } = state;
  const [open, setOpen] = useState<Open>("nothing");
  const [busy, setBusy] = useState<"busy" | "idle">("idle");
  if (plan === null) return null;
  const close = () => setOpen("nothing");

  const makeNow = async () => {
    setBusy("busy");
    const made = await makeBackup("now").finally(() => setBusy("idle"));
    say({ tone: made.kind === "made" ? "done" : "warn", sentence: makingText(made) });
  };
  /** The browser's own question first, within the press. */
  const allowAgain = async () => {
    const isAllowed = await (plan.place === "folder" ? allowFolderAgain() : askForDownloads());
    if (isAllowed) await makeNow();
    else say({ tone: "warn", sentence: t("automatic.not-allowed") });
  };
  const problem = state.placeProblem ?? state.failure?.why ?? null;
  const asksAgain = state.placeProblem === "folder-asks" || state.placeProblem === "no-permission";

  return (
    <>
      {problem && (
        <div class="notice boxed warn" role="note">
          <Glyph name="warn" />
          <span class="grow">{backupFailureText(problem)}</span>
          {asksAgain && (
            <button type="button" class="button" disabled={busy === "busy"} onClick={() => void allowAgain()}>
              {t("automatic.allow-again")}
            </button>
          )}
          {problem === "folder-gone" && (
            <button type="button" class="button" onClick={() => setOpen("choices")}>
              {t("automatic.choose-folder")}
            </button>
          )}
        </div>
      )}
      <AutomaticFacts state={state} />
      {open === "nothing" && (
        <div class="line wrap">
          <button
            type="button"
            class="button primary"
            disabled={busy === "busy" || asksAgain}
            onClick={() => void makeNow()}
          >
            {busy === "busy" ? t("backup.writing") : t("automatic.make-now")}
          </button>
          <button type="button" class="button" onClick={() => setOpen("trial")}>
            {t("trial.action")}
          </button>
          <button type="button" class="button" onClick={() => setOpen("choices")}>
            {t("automatic.change")}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => setOpen(protectionOf(vault) === "passphrase" ? "own" : "lock")}
          >
            {t("automatic.change-lock")}
          </button>
          <button type="button" class="button plain" onClick={() => void props.onOff()}>
            {t("automatic.switch-off")}
          </button>
        </div>
      )}
      {open === "trial" && <TryBackup state={state} onClose={close} />}
      {open === "choices" && (
        <ChoosePlace
          choices={plan}
          folderName={problem === "folder-gone" ? null : state.folderName}
          action={t("automatic.keep-choices")}
          onChoose={async ({ place, every, keep }) => {
            await changePlan({ place, every, keep });
            const made = await makeBackup("if-due");
            close();
            if (made.kind === "nothing") say({ tone: "done", sentence: t("automatic.changed") });
            else say({ tone: made.kind === "made" ? "done" : "warn", sentence: makingText(made) });
          }}
          onCancel={close}
        />
      )}
      {open === "own" && (
        <AskOwnPassphrase label={t("automatic.ask-own")} onRight={() => setOpen("lock")} onCancel={close} />
      )}
      {open === "lock" && (
        <>
          <p>{t("automatic.former-lock-stays")}</p>
          <ChooseLock
            onChoose={async (lock) => {
              await changeLock(lock);
              close();
              await makeNow();
            }}
            onCancel={close}
          />
        </>
      )}
    </>
  );
}
