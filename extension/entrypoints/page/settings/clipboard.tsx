import { useEffect, useState } from "preact/hooks";
import {
  isClearingOn,
  switchClearingOff,
  switchClearingOn,
  watchClearingSwitch,
} from "../../../clipboard/clearing-switch.ts";
import { changePreferences, type Preferences } from "../../../preferences/preferences.ts";
import { t } from "../../../ui/i18n.ts";
import type { SectionProps } from "../section-props.ts";
import { StoredTick } from "./stored-tick.tsx";
import { useStoredChoice } from "./use-stored-choice.ts";

/**
 * Whether a code that was filled in is copied too, and whether a copied code is cleared again. The browser's question comes
 * only after what it is for was said.
 */
export function ClipboardSettings(props: Pick<SectionProps, "say"> & { preferences: Preferences }) {
  const { say, preferences } = props;
  const store = useStoredChoice(say);
  const [state, setState] = useState<"unknown" | "on" | "off" | "asking" | "declined">("unknown");
  useEffect(() => {
    // What the browser's own settings gave or took.
    const show = (on: boolean) =>
      setState((before) => (on ? "on" : before === "declined" ? "declined" : "off"));
    void isClearingOn().then(show);
    return watchClearingSwitch(show);
  }, []);

  const turn = async (on: boolean) => {
    if (!on) {
      if ((await store(switchClearingOff)) === "refused") return;
      setState("off");
      return say({ tone: "done", sentence: t("settings.clipboard.off") });
    }
    setState("asking");
    if (!(await switchClearingOn())) return setState("declined");
    setState("on");
    say({ tone: "done", sentence: t("settings.clipboard.on") });
  };

  return (
    <section class="page-section" aria-labelledby="settings-clipboard">
      <h2 id="settings-clipboard">{t("settings.clipboard")}</h2>
      <StoredTick
        describedBy="settings-copy-why"
        stored={preferences.copyAfterFilling}
        onWish={(copyAfterFilling) => void store(() => changePreferences({ copyAfterFilling }))}
      >
        {t("settings.clipboard.copy")}
      </StoredTick>
      <p id="settings-copy-why" class="dim">
        {t("settings.clipboard.copy-why")}
      </p>
      <label class="check">
        <input
          type="checkbox"
          aria-describedby="settings-clipboard-why"
          checked={state === "on" || state === "asking"}
          disabled={state === "unknown"}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
        <span>{t("settings.clipboard.clear")}</span>
      </label>
      <p id="settings-clipboard-why" class="dim">
        {t("settings.clipboard.why")}
      </p>
      {state === "declined" && (
        <p class="notice boxed" role="status">
          {t("settings.clipboard.declined")}
        </p>
      )}
    </section>
  );
}
