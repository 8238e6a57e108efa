import type { Candidate } from "./field-context.ts";
import { matcher, type PageText, remover } from "./match-words.ts";
import { ORDINAL_WORDS } from "./otp-words.ts";

const withoutOrdinals = remover(ORDINAL_WORDS);
const first = matcher({ words: ORDINAL_WORDS.first });
const second = matcher({ words: ORDINAL_WORDS.second });

/**
 * Whether two fields want two codes that follow each other, as AWS asks for when a device is set up: the same words
 * but for a number ("MFA code 1", "MFA code 2"; "first code", "second code"). A "code" and a "confirm code" are not.
 */
export function areFirstAndSecond(one: Candidate, two: Candidate): boolean {
  if (one.kind !== two.kind || one.fields.length !== two.fields.length || one.form !== two.form) return false;
  return isPair(one.text.labels, two.text.labels) || isPair(one.text.names, two.text.names);
}

function isPair(one: PageText, two: PageText): boolean {
  if (one.compact === "" || one.words === two.words) return false;
  if (normal(one) !== normal(two)) return false;
  return (
    (first(one) && second(two)) ||
    (first(two) && second(one)) ||
    (!first(one) && !first(two) && second(one) !== second(two))
  );
}

/** Blanks are dropped: the words of languages without blanks stand in compact alone. */
function normal(text: PageText): string {
  const { words, compact } = withoutOrdinals(text);
  return /[\p{Script=Han}\p{Script=Hangul}]/u.test(compact)
    ? compact.replace(/[12]/g, "")
    : words.replaceAll(" ", "");
}
