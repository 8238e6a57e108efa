import { isCodeLength } from "./boxes.ts";
import { captchaPicture } from "./captcha-picture.ts";
import { type FieldElement, isInput } from "./field-element.ts";
import { autocompleteTokens, type FieldText } from "./field-text.ts";
import { forbiddenField } from "./forbidden-field.ts";
import { matcher, type PageText, pageText, remover } from "./match-words.ts";
import * as other from "./other-words.ts";
import * as otp from "./otp-words.ts";
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

/** Why a field is none for our codes, whatever else it says. */
export type Refusal =
  | "password"
  | "card"
  | "captcha"
  | "recovery-code"
  | "sent-code"
  | "other-code"
  | "wrong-length"
  | "no-digits";

export interface Judgement {
  readonly score: number;
  readonly evidence: readonly Evidence[];
  readonly refusal: Refusal | null;
}

/** A field or row of boxes to be judged. */
export interface Candidate {
  readonly fields: readonly FieldElement[];
  /** "overlay": an unseen input over painted boxes. */
  readonly kind: "field" | "boxes" | "overlay";
  readonly text: FieldText;
  readonly form: Element | null;
}

const says = {
  app: matcher(otp.APP_WORDS),
  someApp: matcher(otp.SOME_APP_WORDS),
  factor: matcher(otp.FACTOR_WORDS),
  oneTime: matcher(otp.ONE_TIME_WORDS),
  verification: matcher(otp.VERIFY_WORDS),
  code: matcher(otp.CODE_WORDS),
  pin: matcher(otp.PIN_WORDS),
  captcha: matcher(other.CAPTCHA_WORDS),
  recovery: matcher(other.RECOVERY_WORDS),
  sentName: matcher(other.SENT_NAME_WORDS),
  sentText: matcher(other.SENT_TEXT_WORDS),
  delivery: matcher(other.DELIVERY_NAME_WORDS),
  sendButton: matcher(other.SEND_BUTTON_WORDS),
  plainSend: matcher(other.PLAIN_SEND_WORDS),
  otherCode: matcher(other.OTHER_CODE_WORDS),
  identity: matcher(other.IDENTITY_WORDS),
  alternative: matcher(other.ALTERNATIVE_WORDS),
  signIn: matcher(other.SIGN_IN_BUTTON_WORDS),
};

const withoutPin = remover(otp.PIN_WORDS);

/** What a field's own names and labels weigh; the strongest counts. */
const OWN_WEIGHTS = [
  ["named-app", 6, (text: PageText) => says.app(text) || says.someApp(text)],
  ["named-factor", 6, says.factor],
  ["named-one-time", 4, says.oneTime],
  ["named-verification", 3, says.verification],
  ["named-code", 2, (text: PageText) => says.code(withoutPin(text))],
  ["named-pin", 1, says.pin],
] as const;

/** Says whether a field's own words or its autocomplete make it worth reading what stands around it. */
export function ownEvidence(candidate: Candidate): { evidence: Evidence; weight: number } | null {
  const tokens = candidate.fields.flatMap(autocompleteTokens);
  if (tokens.includes("one-time-code")) return { evidence: "autocomplete", weight: 6 };
  // PeerTube's "otp-token" and the like: made up, but meant.
  const made = pageText(...tokens.filter((token) => token !== "on" && token !== "off"));
  for (const [evidence, weight, matches] of OWN_WEIGHTS) {
    if (matches(candidate.text.own) || (weight >= 4 && matches(made))) return { evidence, weight };
  }
  return null;
}

/**
 * Judges a field by its own words, its shape and what stands around it.
 *
 * @returns the weight of the evidence, or the reason why none of it counts. Weights were chosen so that a strong sign
 *   (a name, autocomplete, six boxes) suffices alone, and weak ones ("code", digits, standing alone) only together.
 */
export function judgeField(candidate: Candidate, page: PageFacts, around: Surroundings): Judgement {
  const context = readContext(candidate, page, around);
  const refusal = refuse(candidate, page, around, context);
  if (refusal !== null) return { score: 0, evidence: [], refusal };
  return { ...weigh(candidate, page, around, context), refusal: null };
}

interface Context {
  readonly own: { readonly evidence: Evidence; readonly weight: number } | null;
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

function readContext(candidate: Candidate, page: PageFacts, around: Surroundings): Context {
  const sentences = [...around.sentences, around.heading].map((sentence) => pageText(sentence));
  const near = pageText(...around.sentences, around.heading);
  const ownApp = says.app(candidate.text.own) || says.someApp(candidate.text.own);
  const nearApp = says.app(near) || says.someApp(near);
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

function refuse(
  candidate: Candidate,
  page: PageFacts,
  around: Surroundings,
  context: Context,
): Refusal | null {
  const { own, labels } = candidate.text;
  const named = context.ownApp || context.ownFactor;
  for (const field of candidate.fields) {
    const forbidden = forbiddenField(field, candidate.text);
    if (forbidden !== null) return forbidden;
  }
  const otpNamed = named || says.oneTime(own);
  // MaxKey names its one-time code "otpCaptcha": a name that says both is believed unless a picture stands there.
  if (says.captcha(labels) || (says.captcha(own) && !(otpNamed && around.pictures.length === 0)))
    return "captcha";
  if (says.captcha(pageText(around.wrapperNames)) && !named) return "captcha";
  if (says.otherCode(own) && !named) return "other-code";
  // "Authentication code or recovery code" takes both; "two-factor recovery code" does not.
  if (says.recovery(own) && !(says.alternative(labels) && (named || says.oneTime(labels))))
    return "recovery-code";
  const shape = refuseShape(candidate);
  if (shape !== null) return shape;
  if (says.sentName(own) && !context.ownApp) return "sent-code";
  if (!context.ownApp && !says.app(context.near) && isToldSent(context)) return "sent-code";
  if (!context.app && isSendable(around, context)) return "sent-code";
  if (!context.app && context.sentences.some(asksForRecoveryCode)) return "recovery-code";
  const picture = captchaPicture(around.pictures);
  if (picture === "sure" && !context.app) return "captcha";
  if (picture === "likely" && !context.app && !named && !context.nearFactor && !context.oneTimeCode)
    return "captcha";
  if (!context.app && isSentToContact(context)) return "sent-code";
  const formPasswords = page.passwords.filter((field) => field.form === candidate.form);
  // Two password boxes make a sign-up or a reset: their code proves an address.
  if (formPasswords.length >= 2 && !context.app && !named) return "sent-code";
  return null;
}

function refuseShape(candidate: Candidate): Refusal | null {
  if (candidate.kind === "boxes") return isCodeLength(candidate.fields.length) ? null : "wrong-length";
  const field = candidate.fields[0]!;
  if (!isInput(field)) return null;
  if (field.maxLength >= 0 && field.maxLength < 5) return "wrong-length";
  if (field.minLength > 10) return "wrong-length";
  return takesDigits(field) ? null : "no-digits";
}

function takesDigits(field: HTMLInputElement): boolean {
  if (field.pattern === "") return true;
  try {
    const pattern = new RegExp(`^(?:${field.pattern})$`, "v");
    return ["123456", "1234567", "12345678", "12345", "123 456", "1234567890", "2BCDF"].some((code) =>
      pattern.test(code),
    );
  } catch {
    // The browser ignores a pattern that is no expression (Joomla's "{0,9}"); so does this.
    return true;
  }
}

/** A sentence that offers a message as the other way ("or", "if you lost") says nothing against a field that knows better. */
function isToldSent(context: Context): boolean {
  return context.sentences.some(
    (sentence) =>
      says.sentText(sentence) &&
      !(
        says.alternative(sentence) &&
        (context.ownApp || says.app(context.near) || context.ownFactor || context.oneTimeCode)
      ),
  );
}

function isSendable(around: Surroundings, context: Context): boolean {
  if (says.delivery(context.wrappers)) return true;
  const buttons = around.buttons.filter(({ isLink }) => !isLink).length;
  const asked = around.buttons.some(({ text, submits }) => {
    const words = pageText(text);
    if (says.alternative(words)) return false;
    // Many languages submit a form with "send": only beside another button does it mean the code.
    const sends = !submits && buttons > 1 && words.compact.length <= 12 && says.plainSend(words);
    return sends || says.sendButton(words);
  });
  if (asked) return true;
  // A "button" made of a span is only short text to us.
  return around.sentences.some((sentence) => sentence.length <= 24 && says.sendButton(pageText(sentence)));
}

function asksForRecoveryCode(sentence: PageText): boolean {
  if (!says.recovery(sentence) || says.alternative(sentence)) return false;
  return (
    !says.app(sentence) && !says.factor(sentence) && !says.oneTime(sentence) && !says.verification(sentence)
  );
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

function isSentToContact({ contacts, ownFactor, oneTimeCode, nearFactor }: Context): boolean {
  if (contacts === null || ownFactor) return false;
  if (contacts.phone && contacts.sameForm) return true;
  return !(oneTimeCode || nearFactor);
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
