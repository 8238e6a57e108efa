import { useEffect, useRef, useState } from "preact/hooks";
import { type Answer, type Answers, answerOf, choicesOf, isChoosable } from "../../../import/answers.ts";
import type { ImportChoice } from "../../../import/import-items.ts";
import { type ImportItem, type OpenItem, planImport, withDraft } from "../../../import/plan-import.ts";
import { domainPattern } from "../../../screens/domain-pattern.ts";
import { ProtectForm } from "../../../screens/protect-form.tsx";
import { EntryForm } from "../../../ui/entry-form.tsx";
import { changedFields, draftToForm } from "../../../ui/entry-form-state.ts";
import { formatSentences, t, tn } from "../../../ui/i18n.ts";
import type { Watching } from "../../../vault/commit.ts";
import type { VaultState } from "../../../vault/state.ts";
import { ImportList } from "./import-list.tsx";
import { PreviewTools, type Shown } from "./preview-tools.tsx";

type Step = "looking" | "protecting" | { readonly done: number; readonly of: number };

/** What the files gave, up to its being kept: nothing is written before "Import". */
export function Preview(props: {
  items: readonly ImportItem[];
  /** Where the accounts came from, in words. */
  from: string;
  remarks: readonly string[];
  vault: VaultState;
  /** Resolves to a sentence where nothing was kept; where something was, the preview is gone. */
  onImport: (choices: readonly ImportChoice[], watching: Watching) => Promise<string | null>;
  onCancel: () => void;
}) {
  const [items, setItems] = useState(props.items);
  const [answers, setAnswers] = useState<Answers>(new Map());
  const [shown, setShown] = useState<Shown>("all");
  const [editing, setEditing] = useState<OpenItem | null>(null);
  const [step, setStep] = useState<Step>("looking");
  const [problem, setProblem] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    heading.current?.focus();
    return () => stop.current?.abort();
  }, []);

  const inSight = shown === "all" ? items : items.filter(({ kind }) => kind === shown);
  const news = inSight.filter(({ kind }) => kind === "new");
  const differing = inSight.filter((item) => item.kind === "differs");
  const choices = choicesOf(items, answers);
  const canChoose = items.some(isChoosable);
  const answer = (which: readonly ImportItem[], with_: Answer) =>
    setAnswers((now) => new Map([...now, ...which.map(({ key }) => [key, with_] as const)]));
  const put = (item: ImportItem) =>
    setItems((now) => now.map((each) => (each.key === item.key ? item : each)));

  const keep = async () => {
    setProblem(null);
    setStep({ done: 0, of: choices.length });
    stop.current = new AbortController();
    const onSealed = (done: number, of: number) => setStep({ done, of });
    const why = await props.onImport(choices, { onSealed, signal: stop.current.signal });
    setStep("looking");
    setProblem(why);
  };
  const correct = async (item: ImportItem) => {
    if (item.kind !== "refused" || item.correction === null) return;
    const { draft, notices } = item.correction.read;
    const [planned] = await planImport([{ draft, notices, pinned: false, trashed: false }], []);
    if (planned) put({ ...planned, key: item.key });
  };

  if (step === "protecting" && props.vault.kind === "none")
    return <ProtectForm vault="none" onDone={() => void keep()} />;
  if (editing)
    return (
      <EntryForm
        initial={draftToForm(editing.draft)}
        secret="hidden"
        domainPattern={domainPattern}
        action={t("import.edit-done")}
        onSubmit={(draft) => {
          const changed = changedFields(draftToForm(editing.draft), draft);
          put(withDraft(editing, { ...editing.draft, ...changed }));
          setEditing(null);
        }}
        onCancel={() => setEditing(null)}
      />
    );
  const isWriting = typeof step === "object";
  return (
    <form
      class="stack import-preview"
      aria-busy={isWriting}
      onSubmit={(event) => {
        event.preventDefault();
        if (props.vault.kind === "none") setStep("protecting");
        else void keep();
      }}
    >
      <p ref={heading} tabIndex={-1}>
        {formatSentences([
          tn("import.found", items.length, { from: props.from }),
          canChoose
            ? ""
            : t(items.some(({ kind }) => kind === "same") ? "import.nothing-new" : "import.nothing-fits"),
        ])}
      </p>
      {props.remarks.map((remark) => (
        <p key={remark} class="notice boxed warn">
          {remark}
        </p>
      ))}
      <PreviewTools
        items={items}
        shown={shown}
        onShow={setShown}
        chosen={news.filter((item) => answerOf(item, answers) === "add").length}
        choosable={news.length}
        onChooseAll={(all) => answer(news, all ? "add" : "skip")}
        onAnswerAll={
          differing.length > 1
            ? (with_) =>
                answer(
                  differing.filter(({ local }) => with_ !== "take" || !local.isShared),
                  with_,
                )
            : null
        }
      />
      <fieldset class="import-fields" disabled={isWriting}>
        <ImportList
          items={inSight}
          answers={answers}
          onAnswer={(item, with_) => answer([item], with_)}
          onEdit={setEditing}
          onCorrect={(item) => void correct(item)}
        />
      </fieldset>
      <div class="import-foot">
        {problem !== null && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <div class="line wrap">
          {canChoose && (
            <button type="submit" class="button primary" disabled={isWriting || choices.length === 0}>
              {tn("import.action", choices.length)}
            </button>
          )}
          <button
            type="button"
            class={canChoose ? "button plain" : "button"}
            onClick={() => (isWriting ? stop.current?.abort() : props.onCancel())}
          >
            {t(isWriting ? "import.stop" : canChoose ? "action.cancel" : "action.close")}
          </button>
          {isWriting && (
            <span class="line grow">
              <progress value={step.done} max={Math.max(1, step.of)} aria-label={t("import.writing")} />
              <span class="small dim">
                {step.done < step.of
                  ? t("import.progress", { done: step.done, of: step.of })
                  : t("import.writing")}
              </span>
            </span>
          )}
        </div>
      </div>
    </form>
  );
}
