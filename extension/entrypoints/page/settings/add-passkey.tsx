import { useEffect, useRef, useState } from "preact/hooks";
import { AskPassphrase } from "../../../ui/ask-passphrase.tsx";
import { addPasskeyRefusalText } from "../../../ui/error-text.ts";
import { t } from "../../../ui/i18n.ts";
import { addPasskey } from "../../../vault/add-passkey.ts";
import type { SectionProps } from "../section-props.ts";
import { LONGEST_NAME } from "./rename-passkey.tsx";

/** Asks for a name and the passphrase; then the browser asks for the passkey. */
export function AddPasskey(props: Pick<SectionProps, "say"> & { suggestion: string }) {
  const [name, setName] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  if (name === null)
    return (
      <div>
        <button type="button" class="button" onClick={() => setName(props.suggestion)}>
          {t("passkey.add")}
        </button>
      </div>
    );

  const add = async (passphrase: string): Promise<string | null> => {
    const own = new AbortController();
    stop.current = own;
    const called = name.trim() || props.suggestion;
    const wish = { passphrase, name: called, onAsking: () => setAsking(true) };
    try {
      const added = await addPasskey(wish, own.signal);
      if (!added.ok) return addPasskeyRefusalText(added.error);
      props.say({ tone: "done", sentence: t("passkey.added", { name: called }) });
      setName(null);
      return null;
    } catch {
      return t("keep.failed");
    } finally {
      setAsking(false);
    }
  };
  return (
    <>
      <p>{t("passkey.how")}</p>
      <AskPassphrase
        label={t("passphrase.label")}
        action={t("passkey.create")}
        busyText={asking ? t("passkey.asking") : undefined}
        onSubmit={add}
        onCancel={() => {
          stop.current?.abort();
          setName(null);
        }}
      >
        <label class="field">
          <span>{t("passkey.name")}</span>
          <input
            class="input"
            maxLength={LONGEST_NAME}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
      </AskPassphrase>
    </>
  );
}
