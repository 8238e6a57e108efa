import { findRows, isCodeLength } from "./boxes.ts";
import { areFirstAndSecond } from "./consecutive-fields.ts";
import { type Candidate, type Evidence, ownEvidence } from "./field-context.ts";
import { collectFields, type FieldElement, focusedElement, isEditable, isInput } from "./field-element.ts";
import { autocompleteTokens, readFieldText } from "./field-text.ts";
import { type Judgement, judgeField } from "./judge-field.ts";
import { type PageFacts, readPage } from "./page-fields.ts";
import { PageIndex } from "./page-index.ts";
import type { Refusal } from "./refuse-field.ts";
import { formOf, readSurroundings } from "./surroundings.ts";
import { visibilityOf } from "./visibility.ts";

/** Where a code goes: one field, or a row of boxes of one digit each. */
export type OtpTarget =
  | { readonly kind: "field"; readonly element: FieldElement }
  | { readonly kind: "boxes"; readonly elements: readonly FieldElement[] };

/** The elements of a target: one, or a row. */
export function elementsOf(target: OtpTarget): readonly FieldElement[] {
  return target.kind === "field" ? [target.element] : target.elements;
}

/**
 * "sure": fill without asking. "unsure": something looks like a code field, but as much speaks for another kind of
 * code. "none": nothing here takes a code of ours; refusal says what the best look-alike was, where there was one.
 */
export interface Detection {
  readonly verdict: "sure" | "unsure" | "none";
  /** In the order of the page; two only where two consecutive codes are wanted. */
  readonly targets: readonly OtpTarget[];
  readonly score: number;
  readonly evidence: readonly Evidence[];
  readonly refusal: Refusal | null;
}

const SURE = 4;
const UNSURE = 2.5;

/** Reading what stands around a field costs a walk through the page: only for so many. */
const MOST_CANDIDATES = 24;
/** On a page with more fields than this, a field without a word of its own is not looked at. */
const FEW_FIELDS = 5;

/**
 * Finds the field for a one-time code of an authenticator among everything else that is called a code.
 *
 * Pure: reads the DOM of one frame, open shadow roots included, and changes nothing.
 */
export function findOtpField(root: Document): Detection {
  const elements = collectFields(root);
  const index = new PageIndex();
  const page = readPage(root, elements, index);
  const first = best(judgeAll(seenCandidates(page), page, root, index));
  if (first.verdict === "sure") return first;
  // Widgets lay one input, transparent or a pixel wide, over painted boxes: looked at only if nothing else is there.
  const unseen = unseenCandidates(elements);
  if (unseen.length === 0) return first;
  const second = best(judgeAll(unseen, page, root, index));
  return second.score > first.score ? second : first;
}

interface Judged extends Judgement {
  readonly candidate: Candidate;
}

function seenCandidates(page: PageFacts): Candidate[] {
  const rows = findRows(page.fields.map(({ element }) => element));
  const inRow = new Set(rows.flat());
  const singles = page.fields
    .filter(({ element }) => !inRow.has(element) && isInput(element) && mayHoldCode(element))
    .map(({ element, text, form }): Candidate => ({ kind: "field", fields: [element], text, form }));
  const isFew = page.fields.length - inRow.size <= FEW_FIELDS;
  return [
    ...rows.filter((row) => isCodeLength(row.length)).map(rowToCandidate),
    ...singles.filter((single) => isFew || ownEvidence(single) !== null),
  ];
}

/** Whether a code is typed into an input of this type. */
export function mayHoldCode(input: HTMLInputElement): boolean {
  if (["text", "tel", "number", "password"].includes(input.type)) return true;
  return autocompleteTokens(input).includes("one-time-code");
}

/** What the first boxes say, they all say. */
function rowToCandidate(row: readonly FieldElement[]): Candidate {
  const text = readFieldText(row[1] ?? row[0]!);
  return { kind: "boxes", fields: row, text, form: formOf(row[0]!) };
}

function unseenCandidates(elements: readonly FieldElement[]): Candidate[] {
  const candidates: Candidate[] = [];
  for (const element of elements) {
    if (!isInput(element) || !isEditable(element)) continue;
    const visibility = visibilityOf(element);
    if (visibility !== "transparent" && visibility !== "tiny") continue;
    const candidate: Candidate = {
      kind: takesCode(element) ? "overlay" : "field",
      fields: [element],
      text: readFieldText(element),
      form: formOf(element),
    };
    const isAutocomplete = autocompleteTokens(element).includes("one-time-code");
    const isTrap = element.tabIndex < 0 || element.getAttribute("aria-hidden") === "true";
    const named = ownEvidence(candidate);
    // A trap for robots has a tempting name; none was seen to say one-time-code, and none takes exactly six digits.
    const isCatchAll =
      visibility === "transparent" && !isTrap && (takesCode(element) || (named?.weight ?? 0) >= 4);
    if (isAutocomplete || isCatchAll) candidates.push(candidate);
  }
  return candidates;
}

function takesCode(element: FieldElement): boolean {
  return isInput(element) && element.maxLength >= 5 && element.maxLength <= 10;
}

function judgeAll(
  candidates: readonly Candidate[],
  page: PageFacts,
  root: Document,
  index: PageIndex,
): Judged[] {
  const byHope = candidates
    .map((candidate) => ({
      candidate,
      hope: (ownEvidence(candidate)?.weight ?? 0) + (candidate.kind === "boxes" ? 4 : 0),
    }))
    .sort((one, two) => two.hope - one.hope)
    .slice(0, MOST_CANDIDATES);
  const focused = focusedElement(root);
  return byHope
    .map(({ candidate }): Judged => {
      const others = new Set(page.fields.map(({ element }) => element));
      for (const field of candidate.fields) others.delete(field);
      const judgement = judgeField(candidate, page, readSurroundings(candidate.fields, others, index));
      return { ...judgement, candidate };
    })
    .sort((one, two) => two.score - one.score || hasFocus(two, focused) - hasFocus(one, focused));
}

function hasFocus(judged: Judged, focused: Element | null): number {
  return judged.candidate.fields.some((field) => field === focused) ? 1 : 0;
}

function best(judged: readonly Judged[]): Detection {
  const accepted = judged.filter(({ refusal, score }) => refusal === null && score >= UNSURE);
  const first = accepted[0];
  if (first === undefined) {
    const refusal = judged.find((one) => one.refusal !== null)?.refusal ?? null;
    return { verdict: "none", targets: [], score: judged[0]?.score ?? 0, evidence: [], refusal };
  }
  const pair = accepted.find((one) => one !== first && areFirstAndSecond(first.candidate, one.candidate));
  const chosen = pair === undefined ? [first] : [first, pair].sort(byPlace);
  return {
    verdict: first.score >= SURE ? "sure" : "unsure",
    targets: chosen.map(({ candidate }) => candidateToTarget(candidate)),
    score: first.score,
    evidence: first.evidence,
    refusal: null,
  };
}

function byPlace(one: Judged, two: Judged): number {
  const place = one.candidate.fields[0]!.compareDocumentPosition(two.candidate.fields[0]!);
  return (place & Node.DOCUMENT_POSITION_FOLLOWING) === 0 ? 1 : -1;
}

function candidateToTarget({ kind, fields }: Candidate): OtpTarget {
  return kind === "boxes" ? { kind, elements: fields } : { kind: "field", element: fields[0]! };
}
