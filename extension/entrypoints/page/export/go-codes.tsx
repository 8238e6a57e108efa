import { useState } from "preact/hooks";
import { AskOwnPassphrase } from "../../../screens/ask-own-passphrase.tsx";
import { t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { protectionOf, type VaultState } from "../../../vault/state.ts";
import { Caution } from "./caution.tsx";

/** The last step to the QR codes: how many there will be, their danger, and the vault's passphrase. */
export function GoCodes({ vault, codes, onShow }: { vault: VaultState; codes: number; onShow: () => void }) {
  const [step, setStep] = useState<"closed" | "own">("closed");
  if (step === "own")
    return <AskOwnPassphrase label={t("sheet.ask")} onRight={onShow} onCancel={() => setStep("closed")} />;
  return (
    <>
      <Caution id="export-warning">{t("export.warning-codes")}</Caution>
      <div>
        <button
          type="button"
          class="button danger"
          aria-describedby="export-warning"
          onClick={() => (protectionOf(vault) === "passphrase" ? setStep("own") : onShow())}
        >
          <Glyph name="eye" />
          {tn("export.show", codes)}
        </button>
      </div>
    </>
  );
}
