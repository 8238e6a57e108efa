import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { addMessages, t } from "../../../ui/i18n.ts";
import type { SectionProps } from "../section-props.ts";

/** What concerns servers, loaded when it is asked for: whoever has no team never loads it. */
const PARTS = {
  teams: () => import("./teams.tsx").then(({ TeamsPage }) => TeamsPage),
  group: () => import("../groups/group-page.tsx").then(({ GroupPage }) => GroupPage),
  reenrol: () => import("../groups/reenrol-page.tsx").then(({ ReenrolPage }) => ReenrolPage),
  kit: () => import("../sheet/kit-sheet.tsx").then(({ KitSheet }) => KitSheet),
} as const;

export function LazyTeams({ part, ...props }: SectionProps & { part: keyof typeof PARTS }) {
  // Wrapped: a component is a function, and setState would call it.
  const [loaded, setLoaded] = useState<{ readonly Part: FunctionComponent<SectionProps> } | null>(null);
  useEffect(() => {
    let gone = false;
    const load = async () => {
      const [Part, { TEAM_MESSAGES }] = await Promise.all([
        PARTS[part](),
        import("../../../ui/messages/teams.ts"),
      ]);
      addMessages(TEAM_MESSAGES);
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
