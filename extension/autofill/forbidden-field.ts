import { type FieldElement, isInput } from "./field-element.ts";
import { autocompleteTokens, type FieldText, readFieldText } from "./field-text.ts";
import { says } from "./field-words.ts";
import { matcher, remover } from "./match-words.ts";
import { CARD_WORDS, ONE_TIME_PASSWORD_PHRASES, PASSWORD_WORDS } from "./other-words.ts";

/** What a field is for, where a code must never go into it, whoever asks. */
export type ForbiddenField = "password" | "card";

const namesPassword = matcher(PASSWORD_WORDS);
const withoutOneTimePasswords = remover(ONE_TIME_PASSWORD_PHRASES);
const namesCard = matcher(CARD_WORDS);
const namesOtp = [says.app, says.factor, says.oneTime];
const namesCode = [says.verification, says.code];

/**
 * Says whether a field is meant for a password or a payment card.
 *
 * Boxes of type "password" are used for one-time codes too (CAS, Amazon QuickSight): such a box is allowed only if it
 * says so itself. A text box that is labelled "password" is a password whatever its type, and whatever its autocomplete:
 * sites write "one-time-code" on passwords and cards as well, to keep a browser from filling what it has saved.
 */
export function forbiddenField(
  field: FieldElement,
  text: FieldText = readFieldText(field),
): ForbiddenField | null {
  const tokens = autocompleteTokens(field);
  if (tokens.some((token) => token.startsWith("cc-"))) return "card";
  if (tokens.includes("current-password")) return "password";
  // Sites switch off the browser's suggestions with "new-password" on any field: only a password box is believed.
  if (tokens.includes("new-password") && (!isInput(field) || field.type === "password")) return "password";
  const own = withoutOneTimePasswords(text.own);
  const saysOtp = namesOtp.some((names) => names(text.own));
  if (namesCard(own) && !saysOtp) return "card";
  if (namesPassword(withoutOneTimePasswords(text.labels))) return "password";
  if (tokens.includes("one-time-code")) return null;
  if (namesPassword(own) && !saysOtp) return "password";
  if (isInput(field) && field.type === "password") {
    if (!saysOtp && !namesCode.some((names) => names(own))) return "password";
  }
  return null;
}
