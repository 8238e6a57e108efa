import type { ComponentProps, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { addMessages } from "../../../ui/i18n.ts";

type Props = ComponentProps<typeof import("./place-panel.tsx").PlacePanel>;

/** The panel that puts entries elsewhere, with all it takes to tell a server: loaded when somebody asks for it. */
export function LazyPlacePanel(props: Props) {
  // Wrapped: a component is a function, and setState would call it.
  const [loaded, setLoaded] = useState<{ readonly Panel: FunctionComponent<Props> } | null>(null);
  useEffect(() => {
    let gone = false;
    const load = async () => {
      const [{ PlacePanel }, { TEAM_MESSAGES }] = await Promise.all([
        import("./place-panel.tsx"),
        import("../../../ui/messages/teams.ts"),
      ]);
      addMessages(TEAM_MESSAGES);
      if (!gone) setLoaded({ Panel: PlacePanel });
    };
    void load();
    return () => {
      gone = true;
    };
  }, []);
  return loaded === null ? null : <loaded.Panel {...props} />;
}
