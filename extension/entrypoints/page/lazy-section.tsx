import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { addMessages, t } from "../../ui/i18n.ts";
import type { SectionProps } from "./section-props.ts";

const teamMessages = () => import("../../ui/messages/teams.ts").then(({ TEAM_MESSAGES }) => TEAM_MESSAGES);
const importMessages = () =>
  import("../../ui/messages/import.ts").then(({ IMPORT_MESSAGES }) => IMPORT_MESSAGES);
const exportMessages = () =>
  import("../../ui/messages/export.ts").then(({ EXPORT_MESSAGES }) => EXPORT_MESSAGES);

const backupMessages = () =>
  import("../../ui/messages/backup.ts").then(({ BACKUP_MESSAGES }) => BACKUP_MESSAGES);

/**
 * What is loaded when it is asked for, with its words: what concerns servers, since whoever has no team never loads it,
 * importing and exporting, which most people do once, and what backups there are by themselves.
 */
const PARTS = {
  teams: [() => import("./teams/teams.tsx").then(({ TeamsPage }) => TeamsPage), teamMessages],
  group: [() => import("./groups/group-page.tsx").then(({ GroupPage }) => GroupPage), teamMessages],
  reenrol: [() => import("./groups/reenrol-page.tsx").then(({ ReenrolPage }) => ReenrolPage), teamMessages],
  factors: [() => import("./factors/factors-page.tsx").then(({ FactorsPage }) => FactorsPage), teamMessages],
  kit: [() => import("./sheet/kit-sheet.tsx").then(({ KitSheet }) => KitSheet), teamMessages],
  export: [() => import("./export/export-page.tsx").then(({ ExportPage }) => ExportPage), exportMessages],
  image: [() => import("./import/import-page.tsx").then(({ ImportPage }) => ImportPage), importMessages],
  automatic: [
    () => import("./backup/automatic-section.tsx").then(({ AutomaticSection }) => AutomaticSection),
    backupMessages,
  ],
  waysBack: [() => import("./data/ways-back.tsx").then(({ WaysBack }) => WaysBack), backupMessages],
} as const;

export function LazySection({ part, ...props }: SectionProps & { part: keyof typeof PARTS }) {
  // Wrapped: a component is a function, and setState would call it.
  const [loaded, setLoaded] = useState<{ readonly Part: FunctionComponent<SectionProps> } | null>(null);
  useEffect(() => {
    let gone = false;
    const load = async () => {
      const [loadPart, loadMessages] = PARTS[part];
      const [Part, messages] = await Promise.all([loadPart(), loadMessages()]);
      addMessages(messages);
      if (!gone) setLoaded({ Part });
    };
    void load();
    return () => {
      gone = true;
    };
  }, [part]);
  if (loaded === null) return <p class="dim">{t("teams.loading")}</p>;
  return <loaded.Part {...props} />;
}
