import { useEffect, useState } from "preact/hooks";
import { changePreferences, type Preferences } from "../../preferences/preferences.ts";
import { ProtectForm } from "../../screens/protect-form.tsx";
import { AskPassphrase } from "../../ui/ask-passphrase.tsx";
import { unlockRefusalText } from "../../ui/error-text.ts";
import { type MessageKey, t, tn } from "../../ui/i18n.ts";
import { NewPassphrase } from "../../ui/new-passphrase.tsx";
import { changeSettings, LOCK_MINUTES_CHOICES, readSettings, type Settings } from "../../vault/settings.ts";
import { changePassphrase, checkPassphrase } from "../../vault/unlock.ts";
import type { SectionProps } from "./page.tsx";

const THEMES: readonly { value: Preferences["theme"]; key: MessageKey }[] = [
  { value: "system", key: "settings.system" },
  { value: "light", key: "settings.theme.light" },
  { value: "dark", key: "settings.theme.dark" },
];
const SORTS: readonly { value: Preferences["sortBy"]; key: MessageKey }[] = [
  { value: "usage", key: "settings.sort.usage" },
  { value: "hand", key: "settings.sort.hand" },
];

/** Looks, order, and the passphrase with its lock. */
export function SettingsPage(props: SectionProps & { preferences: Preferences }) {
  const { vault, preferences, say } = props;
  return (
    <>
      <section class="page-section" aria-labelledby="settings-look">
        <h2 id="settings-look">{t("settings.look")}</h2>
        <Choice
          label={t("settings.language")}
          value={preferences.language}
          choices={[
            { value: "system", label: t("settings.system") },
            { value: "en", label: "English" },
            { value: "zh-CN", label: "简体中文" },
          ]}
          onChoose={(language) => void changePreferences({ language })}
        />
        <Choice
          label={t("settings.theme")}
          value={preferences.theme}
          choices={THEMES.map(({ value, key }) => ({ value, label: t(key) }))}
          onChoose={(theme) => void changePreferences({ theme })}
        />
        <Choice
          label={t("settings.sort")}
          value={preferences.sortBy}
          choices={SORTS.map(({ value, key }) => ({ value, label: t(key) }))}
          onChoose={(sortBy) => void changePreferences({ sortBy })}
        />
      </section>
      {vault.kind !== "unopenable" && (
        <section class="page-section" aria-labelledby="settings-lock">
          <h2 id="settings-lock">{t("settings.protection")}</h2>
          {vault.kind === "unlocked" && vault.protection === "passphrase" ? (
            <>
              <LockMinutes />
              <ChangePassphrase say={say} />
            </>
          ) : (
            <ProtectForm
              vault={vault.kind === "none" ? "none" : "device"}
              onDone={() => say({ tone: "done", sentence: t("protect.done") })}
            />
          )}
        </section>
      )}
    </>
  );
}

function Choice<Value extends string>(props: {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  onChoose: (value: Value) => void;
}) {
  return (
    <label class="field">
      <span>{props.label}</span>
      <select
        class="input"
        value={props.value}
        onChange={(event) => props.onChoose(event.currentTarget.value as Value)}
      >
        {props.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}

function LockMinutes() {
  const [settings, setSettings] = useState<Settings | null>(null);
  useEffect(() => {
    void readSettings().then(setSettings);
  }, []);
  if (!settings) return null;
  return (
    <Choice
      label={t("settings.lock-after")}
      value={String(settings.lockMinutes)}
      choices={LOCK_MINUTES_CHOICES.map((minutes) => ({
        value: String(minutes),
        label: minutes === null ? t("settings.lock-never") : tn("settings.lock-minutes", minutes),
      }))}
      onChoose={(value) => {
        const lockMinutes = value === "null" ? null : Number(value);
        setSettings({ ...settings, lockMinutes });
        void changeSettings({ lockMinutes });
      }}
    />
  );
}

type PassphraseStep = { kind: "closed" } | { kind: "old" } | { kind: "new"; old: string };

/** Asks for the old passphrase first, then for the new one: only the slot is rewritten, no entry. */
function ChangePassphrase({ say }: Pick<SectionProps, "say">) {
  const [step, setStep] = useState<PassphraseStep>({ kind: "closed" });
  const [busy, setBusy] = useState<"busy" | "idle">("idle");
  if (step.kind === "closed")
    return (
      <div>
        <button type="button" class="button" onClick={() => setStep({ kind: "old" })}>
          {t("settings.change-passphrase")}
        </button>
      </div>
    );
  if (step.kind === "old")
    return (
      <AskPassphrase
        label={t("settings.old-passphrase")}
        action={t("action.continue")}
        onCancel={() => setStep({ kind: "closed" })}
        onSubmit={async (old) => {
          const right = await checkPassphrase(old);
          if (!right.ok) return unlockRefusalText(right.error);
          setStep({ kind: "new", old });
          return null;
        }}
      />
    );
  return (
    <NewPassphrase
      action={t("settings.change-passphrase")}
      busy={busy}
      onChoose={async (next) => {
        setBusy("busy");
        try {
          const changed = await changePassphrase(step.old, next);
          say(
            changed.ok
              ? { tone: "done", sentence: t("settings.passphrase-changed") }
              : { tone: "warn", sentence: unlockRefusalText(changed.error) },
          );
        } catch {
          // One transaction: the old passphrase still opens the vault.
          say({ tone: "warn", sentence: t("keep.failed") });
        }
        setBusy("idle");
        setStep({ kind: "closed" });
      }}
    />
  );
}
