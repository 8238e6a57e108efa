import { useEffect, useState } from "preact/hooks";
import { type Reenrolment, watchReenrolments } from "../../../groups/reenrolments.ts";
import type { SectionProps } from "../section-props.ts";

const NO_LISTS: readonly Reenrolment[] = [];

/** The lists of secrets that somebody who is gone could read, as they change. */
export function useReenrolments(vault: SectionProps["vault"]["kind"]): readonly Reenrolment[] {
  const [lists, setLists] = useState(NO_LISTS);
  useEffect(() => {
    if (vault === "unlocked") return watchReenrolments(setLists);
    setLists(NO_LISTS);
  }, [vault]);
  return lists;
}
