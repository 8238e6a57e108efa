import { ProtectForm } from "../../screens/protect-form.tsx";
import { t } from "../../ui/i18n.ts";
import { Screen } from "./screen.tsx";

/** The popup's screen that asks for the first passphrase. @param props.onBack null: there is no way round it */
export function Protect(props: {
  vault: "none" | "device";
  onDone: () => void;
  onBack: (() => void) | null;
}) {
  return (
    <Screen title={t("protect.title")} onBack={props.onBack}>
      <ProtectForm vault={props.vault} onDone={props.onDone} />
    </Screen>
  );
}
