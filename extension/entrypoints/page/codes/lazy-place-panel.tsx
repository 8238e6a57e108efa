import type { ComponentProps, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

type Props = ComponentProps<typeof import("./place-panel.tsx").PlacePanel>;

/** The panel that puts entries elsewhere, with all it takes to tell a server: loaded when somebody asks for it. */
export function LazyPlacePanel(props: Props) {
  // Wrapped: a component is a function, and setState would call it.
  const [loaded, setLoaded] = useState<{ readonly Panel: FunctionComponent<Props> } | null>(null);
  useEffect(() => {
    let gone = false;
    void import("./place-panel.tsx").then(({ PlacePanel }) => gone || setLoaded({ Panel: PlacePanel }));
    return () => {
      gone = true;
    };
  }, []);
  return loaded === null ? null : <loaded.Panel {...props} />;
}
