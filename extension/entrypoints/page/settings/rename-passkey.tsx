import { useState } from "preact/hooks";
import { t } from "../../../ui/i18n.ts";
import { useFocus } from "../../../ui/use-focus.ts";

/** How long a passkey's name may be; browsers cut longer ones. */
export const LONGEST_NAME = 64;

/** One field for another name. */
export function RenamePasskey(props: { name: string; onName: (name: string) => void; onCancel: () => void }) {
  const [name, setName] = useState(props.name);
  const input = useFocus<HTMLInputElement>();
  return (
    <form
      class="line wrap"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") props.onName(name.trim());
      }}
    >
      <input
        ref={input}
        class="input grow"
        aria-label={t("passkey.name")}
        maxLength={LONGEST_NAME}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="button" class="button plain" onClick={props.onCancel}>
        {t("action.cancel")}
      </button>
      <button type="submit" class="button" disabled={name.trim() === ""}>
        {t("action.save")}
      </button>
    </form>
  );
}
