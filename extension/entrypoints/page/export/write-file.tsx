import { useState } from "preact/hooks";
import type { WayOut } from "../../../export/ways-out.ts";
import { writeExport } from "../../../export/write-export.ts";
import { ForbiddenByPolicyError } from "../../../policy/forbidden.ts";
import { AskOwnPassphrase } from "../../../screens/ask-own-passphrase.tsx";
import { t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { NewPassphrase } from "../../../ui/new-passphrase.tsx";
import { protectionOf } from "../../../vault/state.ts";
import { saveFile } from "../save-file.ts";
import type { SectionProps } from "../section-props.ts";
import { Caution } from "./caution.tsx";

/** The last step to a file: its dangers, the vault's passphrase, one for the file where it is encrypted, and the file. */
export function WriteFile({
  vault,
  say,
  wayOut,
  ids,
}: SectionProps & { wayOut: WayOut; ids: readonly string[] }) {
  const [step, setStep] = useState<"closed" | "own" | "passphrase">("closed");
  const [busy, setBusy] = useState<"busy" | "idle">("idle");
  const isEncrypted = wayOut.way === "encrypted";
  const write = async (passphrase: string | null) => {
    setBusy("busy");
    try {
      const file = await writeExport(ids, wayOut, { passphrase, now: Date.now() });
      saveFile(file.fileName, file.text, file.mediaType);
      say({ tone: "done", sentence: tn("export.written", file.written, { file: file.fileName }) });
    } catch (error) {
      const isForbidden = error instanceof ForbiddenByPolicyError;
      say({ tone: "warn", sentence: t(isForbidden ? "policy.export-forbidden" : "export.failed") });
    } finally {
      setBusy("idle");
      setStep("closed");
    }
  };
  const goOn = () => (isEncrypted ? setStep("passphrase") : void write(null));
  if (step === "own")
    return <AskOwnPassphrase label={t("backup.ask-own")} onRight={goOn} onCancel={() => setStep("closed")} />;
  if (step === "passphrase")
    return (
      <>
        <p>{t("export.own-passphrase")}</p>
        <NewPassphrase
          label={t("export.passphrase")}
          action={t(busy === "busy" ? "export.writing" : "export.write")}
          busy={busy}
          onChoose={(passphrase) => void write(passphrase)}
        >
          <button type="button" class="button plain" onClick={() => setStep("closed")}>
            {t("action.cancel")}
          </button>
        </NewPassphrase>
      </>
    );
  return (
    <>
      {!isEncrypted && <Caution id="export-warning">{t("export.warning-file")}</Caution>}
      <div>
        <button
          type="button"
          class={isEncrypted ? "button primary" : "button danger"}
          aria-describedby={isEncrypted ? undefined : "export-warning"}
          disabled={busy === "busy"}
          onClick={() => (protectionOf(vault) === "passphrase" ? setStep("own") : goOn())}
        >
          <Glyph name="download" />
          {t(busy === "busy" ? "export.writing" : isEncrypted ? "export.write" : "export.write-anyway")}
        </button>
      </div>
    </>
  );
}
