import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer, Answers } from "../../../import/answers.ts";
import type { ImportItem, OpenItem } from "../../../import/plan-import.ts";
import { t } from "../../../ui/i18n.ts";
import { itemsInView } from "../../../ui/window-rows.ts";
import { useWindowView } from "../codes/use-window-view.ts";
import { ImportRow } from "./import-row.tsx";
import { heightOf, placeRows } from "./place-rows.ts";

/** Below this width codes stand under the names (import.css has the same). */
const NARROW = "(max-width: 720px)";
/** The highest row, and a bit: as much is drawn beside the window, so that Tab finds the next one there. */
const MARGIN = 320;

/** The accounts of the files. The list is as long as all its rows and scrolls with the page; what is in sight is drawn. */
export function ImportList(props: {
  items: readonly ImportItem[];
  answers: Answers;
  onAnswer: (item: ImportItem, answer: Answer) => void;
  onEdit: (item: OpenItem) => void;
  onCorrect: (item: ImportItem) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const view = useWindowView(list);
  const isNarrow = useNarrow();
  const { placed, height } = placeRows(props.items, isNarrow);
  return (
    <ul class="import-list" ref={list} aria-label={t("list.codes")} style={{ blockSize: `${height}px` }}>
      {itemsInView(placed, view.top, view.height, MARGIN).map(({ item, top, index }) =>
        item.kind === "row" ? (
          <li
            key={item.row.key}
            aria-setsize={props.items.length}
            aria-posinset={index + 1}
            style={{ insetBlockStart: `${top}px`, blockSize: `${heightOf(item.row, isNarrow)}px` }}
          >
            <ImportRow
              item={item.row}
              answers={props.answers}
              isNarrow={isNarrow}
              onAnswer={(answer) => props.onAnswer(item.row, answer)}
              onEdit={props.onEdit}
              onCorrect={() => props.onCorrect(item.row)}
            />
          </li>
        ) : null,
      )}
    </ul>
  );
}

function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const look = () => setNarrow(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return isNarrow;
}
