import type { Answer } from "../../../import/answers.ts";
import type { ImportItem } from "../../../import/plan-import.ts";
import { t, tn } from "../../../ui/i18n.ts";

/** Which accounts are shown. */
export type Shown = ImportItem["kind"] | "all";
const KINDS = ["new", "differs", "same", "refused"] as const;

/** What is above the list: the kinds with their numbers, and what chooses many at once. */
export function PreviewTools(props: {
  items: readonly ImportItem[];
  shown: Shown;
  onShow: (shown: Shown) => void;
  /** How many of the new ones that are shown are chosen, and how many there are. */
  chosen: number;
  choosable: number;
  onChooseAll: (all: boolean) => void;
  /** null unless there are several that differ in sight. */
  onAnswerAll: ((answer: Answer) => void) | null;
}) {
  const counts = KINDS.map((kind) => ({
    kind,
    count: props.items.filter((item) => item.kind === kind).length,
  }));
  const filters: { kind: Shown; count: number }[] = [
    { kind: "all", count: props.items.length },
    ...counts.filter(({ count }) => count > 0),
  ];
  return (
    <div class="line wrap import-tools">
      <div class="line wrap" role="group" aria-label={t("import.filter")}>
        {filters.map(({ kind, count }) => (
          <button
            key={kind}
            type="button"
            class="button import-filter"
            aria-pressed={props.shown === kind}
            onClick={() => props.onShow(kind)}
          >
            {t(`import.filter.${kind}`)} <span class="dim">{count}</span>
          </button>
        ))}
      </div>
      {props.choosable > 0 && (
        <label class="check">
          <input
            type="checkbox"
            checked={props.chosen === props.choosable}
            ref={(box) => {
              if (box) box.indeterminate = props.chosen > 0 && props.chosen < props.choosable;
            }}
            onChange={() => props.onChooseAll(props.chosen < props.choosable)}
          />
          <span>{props.chosen > 0 ? tn("many.chosen", props.chosen) : t("import.choose-shown")}</span>
        </label>
      )}
      {props.onAnswerAll && (
        <select
          class="input import-all"
          aria-label={t("import.answer-all")}
          value=""
          onChange={(event) => {
            const answer = event.currentTarget.value;
            event.currentTarget.value = "";
            if (answer !== "") props.onAnswerAll?.(answer as Answer);
          }}
        >
          <option value="">{t("import.answer-choose")}</option>
          {(["skip", "take", "both"] as const).map((answer) => (
            <option key={answer} value={answer}>
              {t(`import.answer.${answer}`)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
