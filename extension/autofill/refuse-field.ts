import { isCodeLength } from "./boxes.ts";
import { captchaPicture } from "./captcha-picture.ts";
import type { Candidate, Context } from "./field-context.ts";
import { isInput } from "./field-element.ts";
import { says } from "./field-words.ts";
import { forbiddenField } from "./forbidden-field.ts";
import { type PageText, pageText } from "./match-words.ts";
import type { PageFacts } from "./page-fields.ts";
import type { Surroundings } from "./surroundings.ts";

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

/** Says why a field takes no code of an authenticator, or null where nothing speaks against it. */
export function refuseField(
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
  if (!context.ownApp && isNamedAfterMessage(candidate, page, context)) return "sent-code";
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

/** "The code on your phone" may be an app's where a second factor is the subject; "phoneCode" was sent there. */
function isNamedAfterMessage({ text }: Candidate, page: PageFacts, context: Context): boolean {
  if (says.sentName(text.own) || says.phone(text.names)) return true;
  const isSecondFactor = context.ownFactor || context.nearFactor || page.isAboutSecondFactor;
  return says.phone(text.labels) && !isSecondFactor;
}

/** A sentence that offers a message as the other way ("or", "if you lost") says nothing against a field that knows better. */
export function isToldSent(context: Context): boolean {
  return context.sentences.some(
    (sentence) =>
      tellsOfDelivery(sentence) &&
      !(
        says.alternative(sentence) &&
        (context.ownApp || says.app(context.near) || context.ownFactor || context.oneTimeCode)
      ),
  );
}

/** Longer sentences with "sent" in them are about cookies and terms, unless a code or an address is what was sent. */
const SHORT_SENTENCE = 60;

function tellsOfDelivery(sentence: PageText): boolean {
  if (!says.sentText(sentence)) return false;
  if (sentence.words.length <= SHORT_SENTENCE) return true;
  return [says.code, says.oneTime, says.verification, says.phone, says.email].some((about) =>
    about(sentence),
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

function isSentToContact({ contacts, ownFactor, oneTimeCode, nearFactor }: Context): boolean {
  if (contacts === null || ownFactor) return false;
  if (contacts.phone && contacts.sameForm) return true;
  return !(oneTimeCode || nearFactor);
}
