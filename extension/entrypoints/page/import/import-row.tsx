import { type Answer, type Answers, answerOf, isChoosable } from "../../../import/answers.ts";
import type { ImportItem, OpenItem } from "../../../import/plan-import.ts";
import { shortName } from "../../../ui/entry-name.ts";
import { t } from "../../../ui/i18n.ts";
import { IssuerMark } from "../../../ui/issuer-marks/issuer-mark.tsx";
import { LiveCode } from "../../../ui/live-code.tsx";
import { refusedName, sentencesOf, sideText, stateText } from "./import-text.ts";
import { sentencesHeight } from "./place-rows.ts";

/**
 * One account of the files: whether it is taken, its code as it would be now, what is here of it, and what was assumed.
 */
export function ImportRow(props: {
  item: ImportItem;
  answers: Answers;
  isNarrow: boolean;
  onAnswer: (answer: Answer) => void;
  onEdit: (item: OpenItem) => void;
  onCorrect: () => void;
}) {
  const { item } = props;
  if (item.kind === "refused") return <RefusedRow {...props} item={item} />;
  const answer = answerOf(item, props.answers);
  const side = sideText(item);
  const notices = sentencesOf(item);
  const state = stateText(item);
  return (
    <>
      <div class="import-names">
        <label class="line grow">
          <input
            type="checkbox"
            // What differs has an answer of three; the tick only shows whether anything of it is taken.
            disabled={!isChoosable(item) || item.kind === "differs"}
            checked={answer !== "skip"}
            onChange={(event) => props.onAnswer(event.currentTarget.checked ? "add" : "skip")}
          />
          <Names entry={item.draft} />
        </label>
        <LiveCode parameters={item.draft} />
        <button
          type="button"
          class="button plain"
          aria-label={t("import.edit", { name: shortName(item.draft) })}
          onClick={() => props.onEdit(item)}
        >
          {t("row.edit")}
        </button>
      </div>
      {state !== null && (
        <p class={`small import-line ${item.kind === "differs" ? "import-state" : "dim"}`}>{state}</p>
      )}
      {side.length > 0 && <p class="small dim import-line">{side.join(" · ")}</p>}
      {notices !== "" && (
        <p class="small import-sentences" title={notices} style={sentencesStyle(notices, props.isNarrow)}>
          {notices}
        </p>
      )}
      {item.kind === "differs" && <Here item={item} answer={answer} onAnswer={props.onAnswer} />}
    </>
  );
}

function Names({ entry }: { entry: OpenItem["draft"] }) {
  return (
    <>
      <IssuerMark
        issuer={entry.issuer}
        account={entry.account}
        sites={entry.sites ?? []}
        icon={entry.icon ?? null}
        size={34}
      />
      <span class="row-names grow">
        <span class="row-issuer">{shortName(entry)}</span>
        {entry.issuer && entry.account && <span class="row-account">{entry.account}</span>}
      </span>
    </>
  );
}

/** The entry here that an account differs from, and which of the two is to be kept. */
function Here(props: {
  item: Extract<ImportItem, { kind: "differs" }>;
  answer: Answer;
  onAnswer: (answer: Answer) => void;
}) {
  const { local, draft, fields } = props.item;
  return (
    <div class="import-here">
      <div class="import-names">
        <span class="line grow">
          <span class="small dim import-here-word">{t("import.here-now")}</span>
          <Names entry={local.entry} />
        </span>
        <LiveCode parameters={local.entry} />
      </div>
      <div class="import-answer">
        <select
          class="input"
          aria-label={t("import.answer", { name: shortName(draft) })}
          value={props.answer}
          onChange={(event) => props.onAnswer(event.currentTarget.value as Answer)}
        >
          <option value="skip">{t("import.answer.skip")}</option>
          {!local.isShared && <option value="take">{t("import.answer.take")}</option>}
          <option value="both">{t("import.answer.both")}</option>
        </select>
      </div>
      {(local.isShared || fields.includes("secret")) && (
        <p class="small dim import-line">{t(local.isShared ? "import.is-shared" : "import.key-to-trash")}</p>
      )}
    </div>
  );
}

function RefusedRow(props: {
  item: Extract<ImportItem, { kind: "refused" }>;
  isNarrow: boolean;
  onCorrect: () => void;
}) {
  const { item, isNarrow } = props;
  const why = sentencesOf(item);
  return (
    <>
      <div class="import-names import-refused">
        <span class="row-issuer">{refusedName(item)}</span>
      </div>
      <p class="small import-sentences import-state" title={why} style={sentencesStyle(why, isNarrow)}>
        {why}
      </p>
      {item.correction !== null && (
        <div class="import-answer">
          <button type="button" class="button" onClick={props.onCorrect}>
            {t("uri.take-period", { seconds: item.correction.changed.period })}
          </button>
        </div>
      )}
    </>
  );
}

function sentencesStyle(sentences: string, isNarrow: boolean) {
  return { blockSize: `${sentencesHeight(sentences, isNarrow)}px` };
}
