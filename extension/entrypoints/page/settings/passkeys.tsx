import { useEffect, useState } from "preact/hooks";
import { type PasskeySupport, passkeySupport } from "../../../platform/passkey-prompt.ts";
import { formatDate, t } from "../../../ui/i18n.ts";
import { type Passkey, removePasskey, renamePasskey, watchPasskeys } from "../../../vault/passkeys.ts";
import type { SectionProps } from "../section-props.ts";
import { AddPasskey } from "./add-passkey.tsx";
import { RenamePasskey } from "./rename-passkey.tsx";

/** The passkeys that open the vault beside its passphrase; where there can be none, why. */
export function PasskeySettings({ vault, say }: SectionProps) {
  const [support, setSupport] = useState<PasskeySupport | null>(null);
  useEffect(() => {
    void passkeySupport().then(setSupport);
  }, []);
  if (vault.kind === "unopenable" || support === null) return null;
  return (
    <section class="page-section" aria-labelledby="settings-passkeys">
      <h2 id="settings-passkeys">{t("passkey.title")}</h2>
      <p class="dim">{t("passkey.means")}</p>
      {vault.kind === "unlocked" && vault.protection === "passphrase" ? (
        <PasskeyList support={support} say={say} />
      ) : (
        <p>{support === "supported" ? t("passkey.needs-passphrase") : t(`passkey.unsupported.${support}`)}</p>
      )}
    </section>
  );
}

function PasskeyList({ support, say }: Pick<SectionProps, "say"> & { support: PasskeySupport }) {
  const [passkeys, setPasskeys] = useState<readonly Passkey[] | null>(null);
  useEffect(() => watchPasskeys(setPasskeys), []);
  if (passkeys === null) return null;
  return (
    <>
      {passkeys.length > 0 && (
        <ul class="plain-list">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} say={say} />
          ))}
        </ul>
      )}
      {support === "supported" ? (
        <AddPasskey suggestion={freeName(passkeys)} say={say} />
      ) : (
        <p>{t(`passkey.unsupported.${support}`)}</p>
      )}
    </>
  );
}

function PasskeyRow({ passkey, say }: Pick<SectionProps, "say"> & { passkey: Passkey }) {
  const [step, setStep] = useState<"shown" | "renaming" | "sure">("shown");
  const name = passkey.name ?? t("passkey.unreadable");
  const saved = (sentence: string, work: Promise<unknown>) =>
    work.then(
      () => say({ tone: "done", sentence }),
      () => say({ tone: "warn", sentence: t("keep.failed") }),
    );
  if (step === "renaming")
    return (
      <li>
        <RenamePasskey
          name={name}
          onCancel={() => setStep("shown")}
          onName={(next) => {
            setStep("shown");
            void saved(t("passkey.renamed", { name: next }), renamePasskey(passkey.id, next));
          }}
        />
      </li>
    );
  return (
    <li>
      <div class="line wrap">
        <div class="grow">
          <strong>{name}</strong>
          <br />
          <span class="small dim">
            {passkey.madeAt === null
              ? t("passkey.damaged")
              : t("passkey.made", { date: formatDate(passkey.madeAt) })}
          </span>
        </div>
        {passkey.madeAt !== null && step === "shown" && (
          <button
            type="button"
            class="button"
            aria-label={t("passkey.rename-named", { name })}
            onClick={() => setStep("renaming")}
          >
            {t("passkey.rename")}
          </button>
        )}
        {step === "sure" && (
          <button type="button" class="button plain" onClick={() => setStep("shown")}>
            {t("action.cancel")}
          </button>
        )}
        <button
          type="button"
          class="button danger"
          aria-label={step === "shown" ? t("passkey.remove-named", { name }) : undefined}
          onClick={() => {
            if (step === "shown") setStep("sure");
            else void saved(t("passkey.removed", { name }), removePasskey(passkey.id));
          }}
        >
          {step === "shown" ? t("passkey.remove") : t("passkey.remove-sure", { name })}
        </button>
      </div>
    </li>
  );
}

/** "Passkey 2": the first number that no passkey is called by. */
function freeName(passkeys: readonly Passkey[]): string {
  const names = new Set(passkeys.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = t("passkey.name-suggestion", { number });
    if (!names.has(name)) return name;
  }
}
