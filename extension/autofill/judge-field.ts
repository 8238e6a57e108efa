import { type Candidate, type Context, type Evidence, readContext } from "./field-context.ts";
import { type FieldElement, isInput } from "./field-element.ts";
import { says } from "./field-words.ts";
import { pageText } from "./match-words.ts";
import type { PageFacts } from "./page-fields.ts";
import { isToldSent, type Refusal, refuseField } from "./refuse-field.ts";
import type { Surroundings } from "./surroundings.ts";

export interface Judgement {
  readonly score: number;
  readonly evidence: readonly Evidence[];
  readonly refusal: Refusal | null;
}

/**
 * Judges a field by its own words, its shape and what stands around it.
 *
 * @returns the weight of the evidence, or the reason why none of it counts. Weights were chosen so that a strong sign
 *   (a name, autocomplete, six boxes) suffices alone, and weak ones ("code", digits, standing alone) only together.
 */
export function judgeField(candidate: Candidate, page: PageFacts, around: Surroundings): Judgement {
  const context = readContext(candidate, page, around);
  const refusal = refuseField(candidate, page, around, context);
  if (refusal !== null) return { score: 0, evidence: [], refusal };
  return { ...weigh(candidate, page, around, context), refusal: null };
}

function weigh(
  candidate: Candidate,
  page: PageFacts,
  around: Surroundings,
  context: Context,
): { score: number; evidence: Evidence[] } {
  const evidence: Evidence[] = [];
  let score = 0;
  const add = (what: Evidence, weight: number): void => {
    evidence.push(what);
    score += weight;
  };
  const own = context.own;
  const isNamedOtherwise = says.identity(candidate.text.own) && (own?.weight ?? 0) <= 2;
  if (isNamedOtherwise) score -= 3;
  else if (own !== null) add(own.evidence, own.weight);
  else if (candidate.text.hasLabel && candidate.kind === "field") score -= 2;
  const weight = isNamedOtherwise ? 0 : (own?.weight ?? 0);

  const builtFor = [candidate.text.classes, context.wrappers].some(
    (text) => says.factor(text) || says.oneTime(text) || says.app(text),
  );
  if (builtFor && weight < 4) add("class-or-form", 2);
  if (context.nearApp) add("text-app", 3);
  else if (context.nearFactor) add("text-factor", 3);
  else if (page.isAboutSecondFactor) add("page-factor", 2);
  else if (says.oneTime(context.near) || says.verification(context.near)) add("text-code", 1.5);
  else if (says.code(context.near)) add("text-code", 0.5);

  if (candidate.kind === "boxes") add("boxes", boxesWeight(candidate));
  else if (candidate.kind === "overlay") {
    // Nobody lays an unseen input that takes so few characters over anything but painted boxes.
    add("boxes", 2);
    weighShape(candidate.fields[0]!, add);
  } else weighShape(candidate.fields[0]!, add);

  const others = page.fields.filter(({ element }) => !candidate.fields.includes(element));
  if (others.every(({ element }) => isInput(element) && element.type === "search")) add("alone", 1);
  if (around.buttons.some(({ text }) => says.signIn(pageText(text))))
    add("sign-in-button", weight === 1 ? 1 : 0.5);

  const isKnown =
    context.app || context.ownFactor || context.nearFactor || context.oneTimeCode || weight >= 4;
  if (!isKnown && candidate.kind === "field") {
    const neighbours = others.filter(({ form }) => form === candidate.form);
    if (neighbours.length >= 2) score -= 1.5;
    if (isPassword(candidate.fields[0]!)) score -= 1.5;
    // "Verification code" beside a password is a captcha as often as it is ours.
    if (neighbours.some(({ element }) => isPassword(element))) score = Math.min(score, 3.5);
  }
  // "We sent a code" on a page that also knows authenticators: which of the two is wanted now, nobody can tell.
  if (!context.ownApp && isToldSent(context)) score = Math.min(score, 3.5);
  return { score, evidence };
}

function boxesWeight(candidate: Candidate): number {
  // Six dots are how banks ask for a payment password.
  if (candidate.fields.every(isPassword)) return 1;
  if (candidate.fields.length === 6 || candidate.fields.length === 8) return 4;
  return 2;
}

function weighShape(field: FieldElement, add: (what: Evidence, weight: number) => void): void {
  if (!isInput(field)) return;
  const sixDigits = /\{6\}|\{6,8\}|^(?:\\d|\[0-9\]){6}$/.test(field.pattern);
  if (field.maxLength === 6 || sixDigits) add("digits", 1);
  else if (field.maxLength === 7 || field.maxLength === 8) add("digits", 0.5);
  const isNumeric =
    field.type === "tel" || field.type === "number" || /numeric|decimal/.test(field.inputMode);
  if (isNumeric) add("digits", 0.5);
  const example = field.placeholder.replace(/^\p{L}+[.:：]*\s*/u, "").replace(/[\s-]/g, "");
  if (/^(?:\d{6}|\d{8}|[•●_·○*x#∗]{6,8})$/iu.test(example)) add("example", 1.5);
}

function isPassword(field: FieldElement): boolean {
  return isInput(field) && field.type === "password";
}
