import type { ImportChoice } from "./import-items.ts";
import type { ImportItem } from "./plan-import.ts";

/**
 * What the person wants of one account of the files: "add" or "skip" of a new one; of one that differs from an entry
 * here, to leave that ("skip"), to "take" the file's version in its place, or to keep "both".
 */
export type Answer = "add" | "skip" | "take" | "both";

export type Answers = ReadonlyMap<string, Answer>;

/** What is wanted unless somebody says otherwise: what is new, as far as it did not lie in a trash. */
export function answerOf(item: ImportItem, answers: Answers): Answer {
  return answers.get(item.key) ?? (item.kind === "new" && !item.trashed ? "add" : "skip");
}

/** Whether there is anything to choose. */
export function isChoosable(item: ImportItem): boolean {
  return item.kind === "new" || item.kind === "differs";
}

/** What is to be written. */
export function choicesOf(items: readonly ImportItem[], answers: Answers): ImportChoice[] {
  return items.flatMap((item): ImportChoice[] => {
    const answer = answerOf(item, answers);
    if (item.kind === "refused" || item.kind === "same" || answer === "skip") return [];
    if (item.kind === "differs" && answer === "take")
      return [{ kind: "take", draft: item.draft, local: item.local }];
    return [{ kind: "add", draft: item.draft, pinned: item.pinned }];
  });
}
