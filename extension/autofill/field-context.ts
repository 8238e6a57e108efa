import type { FieldElement } from "./field-element.ts";
import { autocompleteTokens, type FieldText } from "./field-text.ts";
import { says } from "./field-words.ts";
import { type PageText, pageText, remover } from "./match-words.ts";
import { PIN_WORDS } from "./otp-words.ts";
import type { PageFacts, PageField } from "./page-fields.ts";
import type { Surroundings } from "./surroundings.ts";

/** Why a field counts as one for our codes. */
export type Evidence =
  | "autocomplete"
  | "named-app"
  | "named-factor"
  | "named-one-time"
  | "named-verification"
  | "named-code"
  | "named-pin"
  | "class-or-form"
  | "text-app"
  | "text-factor"
  | "text-code"
  | "page-factor"
  | "boxes"
  | "digits"
  | "example"
  | "alone"
  | "sign-in-button";

/** A field or row of boxes to be judged. */
export interface Candidate {
  readonly fields: readonly FieldElement[];
  /** "overlay": an unseen input over painted boxes. */
  readonly kind: "field" | "boxes" | "overlay";
  readonly text: FieldText;
  readonly form: Element | null;
}

const withoutPin = remover(PIN_WORDS);

/** What a field's own names and labels weigh; the strongest counts. */
const OWN_WEIGHTS = [
  ["named-app", 6, (text: PageText) => says.app(text) || says.someApp(text)],
  ["named-factor", 6, says.factor],
  ["named-one-time", 4, says.oneTime],
  ["named-verification", 3, says.verification],
  ["named-code", 2, (text: PageText) => says.code(withoutPin(text))],
  ["named-pin", 1, says.pin],
] as const;

/** What a field's own words or its autocomplete say for it. */
export interface OwnEvidence {
  readonly evidence: Evidence;
  readonly weight: number;
}

const known = new WeakMap<Candidate, OwnEvidence | null>();

/** Says whether a field's own words or its autocomplete make it worth reading what stands around it. */
export function ownEvidence(candidate: Candidate): OwnEvidence | null {
  const before = known.get(candidate);
  if (before !== undefined) return before;
  const evidence = findOwnEvidence(candidate);
  known.set(candidate, evidence);
  return evidence;
}

function findOwnEvidence(candidate: Candidate): OwnEvidence | null {
  const tokens = candidate.fields.flatMap(autocompleteTokens);
  if (tokens.includes("one-time-code")) return { evidence: "autocomplete", weight: 6 };
  // PeerTube's "otp-token" and the like: made up, but meant.
  const made =
    tokens.length === 0 ? null : pageText(...tokens.filter((token) => token !== "on" && token !== "off"));
  for (const [evidence, weight, matches] of OWN_WEIGHTS) {
    if (matches(candidate.text.own) || (weight >= 4 && made !== null && matches(made)))
      return { evidence, weight };
  }
  return null;
}

/** What was understood of a field's own words and of those around it. */
export interface Context {
  readonly own: OwnEvidence | null;
  readonly near: PageText;
  readonly sentences: readonly PageText[];
  readonly wrappers: PageText;
  readonly ownApp: boolean;
  readonly ownFactor: boolean;
  readonly nearApp: boolean;
  readonly nearFactor: boolean;
  /** An authenticator is named beside the field: what is sent is then the other way to sign in. */
  readonly app: boolean;
  readonly oneTimeCode: boolean;
  readonly contacts: { readonly phone: boolean; readonly sameForm: boolean } | null;
}

/** Reads a field's words and its surroundings once, for refusal and weight alike. */
export function readContext(candidate: Candidate, page: PageFacts, around: Surroundings): Context {
  const sentences = [...around.sentences, around.heading].map((sentence) => pageText(sentence));
  const near = pageText(...around.sentences, around.heading);
  const ownApp = says.app(candidate.text.own) || says.someApp(candidate.text.own);
  const nearApp = says.app(near) || sentences.some(tellsOfAppCode);
  return {
    own: ownEvidence(candidate),
    near,
    sentences,
    wrappers: pageText(around.wrapperNames, around.formNames),
    ownApp,
    ownFactor: says.factor(candidate.text.own),
    nearApp,
    nearFactor: says.factor(near),
    app: ownApp || nearApp,
    oneTimeCode: candidate.fields.some((field) => autocompleteTokens(field).includes("one-time-code")),
    contacts: contactsBeside(candidate, page),
  };
}

/** "Get our mobile app" stands at the foot of many pages: only with a code in the same sentence is it about one. */
function tellsOfAppCode(sentence: PageText): boolean {
  if (!says.someApp(sentence)) return false;
  return [says.code, says.oneTime, says.verification, says.factor].some((about) => about(sentence));
}

function contactsBeside(candidate: Candidate, page: PageFacts): Context["contacts"] {
  const isOther = (field: PageField): boolean => !candidate.fields.includes(field.element);
  const phones = page.phones.filter(isOther);
  if (phones.length > 0) {
    return { phone: true, sameForm: phones.some((field) => field.form === candidate.form) };
  }
  const emails = page.emails.filter((field) => isOther(field) && field.form === candidate.form);
  if (emails.length === 0) return null;
  // An address with one password is a sign-in: nothing is sent to it.
  const passwords = page.passwords.filter((field) => field.form === candidate.form);
  return passwords.length === 1 ? null : { phone: false, sameForm: true };
}
