import { type WayIn, WaysIn } from "../../screens/ways-in.tsx";
import { t } from "../../ui/i18n.ts";
import { Screen } from "./screen.tsx";

/** The ways in. */
export function Add(props: { onChoose: (way: WayIn) => void; onBack: () => void }) {
  return (
    <Screen title={t("add.title")} onBack={props.onBack}>
      <WaysIn onChoose={props.onChoose} />
    </Screen>
  );
}
