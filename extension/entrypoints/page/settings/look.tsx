import { changePreferences, type Preferences } from "../../../preferences/preferences.ts";
import { Choice } from "../../../ui/choice.tsx";
import { type MessageKey, t } from "../../../ui/i18n.ts";
import type { SectionProps } from "../section-props.ts";
import { useStoredChoice } from "./use-stored-choice.ts";

const THEMES: readonly { value: Preferences["theme"]; key: MessageKey }[] = [
  { value: "system", key: "settings.system" },
  { value: "light", key: "settings.theme.light" },
  { value: "dark", key: "settings.theme.dark" },
  { value: "contrast-light", key: "settings.theme.contrast-light" },
  { value: "contrast-dark", key: "settings.theme.contrast-dark" },
];
const SORTS: readonly { value: Preferences["sortBy"]; key: MessageKey }[] = [
  { value: "usage", key: "settings.sort.usage" },
  { value: "hand", key: "settings.sort.hand" },
];

/** Language, theme and order. */
export function LookSettings(props: Pick<SectionProps, "say"> & { preferences: Preferences }) {
  const { preferences } = props;
  const store = useStoredChoice(props.say);
  return (
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
        onChoose={(language) => void store(() => changePreferences({ language }))}
      />
      <Choice
        label={t("settings.theme")}
        value={preferences.theme}
        choices={THEMES.map(({ value, key }) => ({ value, label: t(key) }))}
        onChoose={(theme) => void store(() => changePreferences({ theme }))}
      />
      <Choice
        label={t("settings.sort")}
        value={preferences.sortBy}
        choices={SORTS.map(({ value, key }) => ({ value, label: t(key) }))}
        onChoose={(sortBy) => void store(() => changePreferences({ sortBy }))}
      />
    </section>
  );
}
