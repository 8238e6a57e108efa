import { useState } from "preact/hooks";
import { t } from "../../../ui/i18n.ts";
import type { SectionProps } from "../section-props.ts";

/**
 * Stores what was chosen. Where the browser refuses to write, that is said, and the component that asks for this is drawn
 * anew: a control that looks as it was pressed then shows what is stored.
 */
export function useStoredChoice(
  say: SectionProps["say"],
): (write: () => Promise<unknown>) => Promise<"stored" | "refused"> {
  const [, drawAnew] = useState({});
  return async (write) => {
    try {
      await write();
      return "stored";
    } catch {
      drawAnew({});
      say({ tone: "warn", sentence: t("keep.failed") });
      return "refused";
    }
  };
}
