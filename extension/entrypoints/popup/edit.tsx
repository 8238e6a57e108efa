import { EditEntry } from "../../screens/edit-entry.tsx";
import { t } from "../../ui/i18n.ts";
import { Screen } from "./screen.tsx";

/** Editing an entry, over the list. */
export function Edit(props: {
  entryId: string;
  protection: "passphrase" | "device";
  onDone: (sentence: string | null) => void;
}) {
  return (
    <Screen title={t("edit.title")} onBack={() => props.onDone(null)}>
      <EditEntry {...props} />
    </Screen>
  );
}
