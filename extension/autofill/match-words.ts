import type { WordTable } from "./otp-words.ts";

/** A table made ready for asking; made once per table when its module loads. */
export type WordMatcher = (text: PageText) => boolean;

/** Text as it is asked about: its words between single blanks, and the same without any blank. */
export interface PageText {
  readonly words: string;
  readonly compact: string;
}

const WITHOUT_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/**
 * Makes names and sentences of a page comparable: camelCase, snake_case and kebab-case are split into words, accents
 * and case are dropped. "user[otp_attempt]" becomes " user otp attempt ", "twoFactorCode2" " two factor code 2 ".
 */
export function pageText(...parts: readonly (string | null | undefined)[]): PageText {
  const joined = parts.filter((part) => part !== null && part !== undefined && part !== "").join(" | ");
  const folded = fold(
    joined.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2"),
  );
  // A number after a word stands alone ("tfa1"), one before it does not ("2fa").
  const words = folded
    .replace(/(\p{L})(\d)/gu, "$1 $2")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
  return { words: ` ${words} `, compact: words.replaceAll(" ", "") };
}

/** Asks whether any word or phrase of a table stands in a text. */
export function matcher(table: WordTable): WordMatcher {
  const expressions = tableToExpressions(table);
  return ({ words, compact }) =>
    (expressions.words?.test(words) ?? false) || (expressions.compact?.test(compact) ?? false);
}

/** Takes every phrase of a table out of a text. */
export function remover(table: WordTable): (text: PageText) => PageText {
  const expressions = tableToExpressions(table);
  const wordsEverywhere = expressions.words === null ? null : new RegExp(expressions.words.source, "gu");
  const compactEverywhere =
    expressions.compact === null ? null : new RegExp(expressions.compact.source, "gu");
  return ({ words, compact }) => ({
    words: wordsEverywhere === null ? words : words.replace(wordsEverywhere, " "),
    compact: compactEverywhere === null ? compact : compact.replace(compactEverywhere, ""),
  });
}

function tableToExpressions(table: WordTable): { words: RegExp | null; compact: RegExp | null } {
  // Longer phrases first: taking "pin" out of "pin code" would leave a code.
  const phrases = [...new Set(Object.values(table).flat())].sort((one, two) => two.length - one.length);
  const compact = phrases.filter((phrase) => WITHOUT_BLANKS.test(phrase));
  const spaced = phrases.filter((phrase) => !WITHOUT_BLANKS.test(phrase));
  return {
    words: spaced.length === 0 ? null : new RegExp(` (?:${spaced.map(phraseToSource).join("|")})(?= )`, "u"),
    compact:
      compact.length === 0
        ? null
        : new RegExp(compact.map((phrase) => fold(phrase).replaceAll(" ", "")).join("|"), "u"),
  };
}

/** "one time pass*" becomes "one ?time ?pass[^ ]*": the tables hold nothing but letters, digits, blanks and stars. */
function phraseToSource(phrase: string): string {
  return fold(phrase)
    .split(" ")
    .map((word) => (word.endsWith("*") ? `${word.slice(0, -1)}[^ ]*` : word))
    .join(" ?");
}

/** Lower case without accents; composed again, so that Korean syllables stay whole. */
function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replaceAll("ı", "i");
}
