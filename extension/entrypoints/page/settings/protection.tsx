import { useEffect, useState } from "preact/hooks";
import { ProtectForm } from "../../../screens/protect-form.tsx";
import { usePolicy } from "../../../screens/use-policy.ts";
import { Choice } from "../../../ui/choice.tsx";
import { t, tn } from "../../../ui/i18n.ts";
import { ManagedLine } from "../../../ui/managed-line.tsx";
import { changeSettings, lockMinutesChoices, readSettings, type Settings } from "../../../vault/settings.ts";
import type { SectionProps } from "../section-props.ts";
import { ChangePassphrase } from "./change-passphrase.tsx";
import { useStoredChoice } from "./use-stored-choice.ts";

/** The passphrase and its lock. */
export function ProtectionSettings({ vault, say }: SectionProps) {
  if (vault.kind === "unopenable") return null;
  return (
    <section class="page-section" aria-labelledby="settings-lock">
      <h2 id="settings-lock">{t("settings.protection")}</h2>
      {vault.kind === "unlocked" && vault.protection === "passphrase" ? (
        <>
          <LockMinutes say={say} />
          <ChangePassphrase say={say} />
        </>
      ) : (
        <ProtectForm
          vault={vault.kind === "none" ? "none" : "device"}
          onDone={() => say({ tone: "done", sentence: t("protect.done") })}
        />
      )}
    </section>
  );
}

function LockMinutes({ say }: Pick<SectionProps, "say">) {
  const store = useStoredChoice(say);
  const { longestAutoLockMinutes: longest } = usePolicy();
  const [settings, setSettings] = useState<Settings | null>(null);
  useEffect(() => {
    void readSettings().then(setSettings);
  }, [longest]);
  if (!settings) return null;
  return (
    <div class="stack tight">
      <Choice
        label={t("settings.lock-after")}
        value={String(settings.lockMinutes)}
        choices={lockMinutesChoices(longest).map((minutes) => ({
          value: String(minutes),
          label: minutes === null ? t("settings.lock-never") : tn("settings.lock-minutes", minutes),
        }))}
        describedBy={longest === null ? undefined : "settings-lock-managed"}
        onChoose={async (value) => {
          await store(() => changeSettings({ lockMinutes: value === "null" ? null : Number(value) }));
          setSettings(await readSettings());
        }}
      />
      {longest !== null && (
        <ManagedLine id="settings-lock-managed">{tn("policy.lock-capped", longest)}</ManagedLine>
      )}
    </div>
  );
}
