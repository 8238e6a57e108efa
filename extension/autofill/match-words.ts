import type { WordTable } from "./otp-words.ts";

/** A table to ask; made ready when it is asked first: a page that is watched and has no field pays for none. */
export type WordMatcher = (text: PageText) => boolean;

/** Text as it is asked about: its words between single blanks, and the same without any blank. */
export interface PageText {
  readonly words: string;
  readonly list: readonly string[];
  readonly compact: string;
  /** Whether any of it is written in a language without blanks. */
  readonly isCompact: boolean;
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
  return wordsToText(folded.replace(/(\p{L})(\d)/gu, "$1 $2").replace(/[^\p{L}\p{M}\p{N}]+/gu, " "));
}

/** Asks whether any word or phrase of a table stands in a text. */
export function matcher(table: WordTable): WordMatcher {
  let ready: WordMatcher | null = null;
  return (text) => {
    ready ??= readyMatcher(table);
    return ready(text);
  };
}

/** Takes every phrase of a table out of a text. */
export function remover(table: WordTable): (text: PageText) => PageText {
  let ready: ((text: PageText) => PageText) | null = null;
  return (text) => {
    ready ??= readyRemover(table);
    return ready(text);
  };
}

/** Quick to ask: pages with ten thousand fields are asked often. */
function readyMatcher(table: WordTable): WordMatcher {
  const { spaced, compact } = phrasesOf(table);
  const wholes = new Map<string, number>();
  const beginnings = new Map<string, string[]>();
  for (const phrase of spaced.filter((phrase) => !/\*./.test(phrase))) {
    const joined = phrase.replaceAll(/[ *]/g, "");
    if (phrase.endsWith("*")) {
      const key = joined.slice(0, KEY_LENGTH);
      beginnings.set(key, [...(beginnings.get(key) ?? []), joined]);
    } else wholes.set(joined, Math.max(wholes.get(joined) ?? 0, phrase.split(" ").length));
  }
  const mostWords = Math.max(0, ...wholes.values());
  const rest = spaced.filter((phrase) => /\*./.test(phrase));
  const restExpression = rest.length === 0 ? null : new RegExp(wordsSource(rest), "u");
  const compactExpression = compact.length === 0 ? null : new RegExp(compact.join("|"), "u");

  const startsAt = (list: readonly string[], at: number): boolean => {
    let joined = "";
    for (let count = 1; count <= mostWords && at + count <= list.length; count += 1) {
      joined += list[at + count - 1];
      // "one time" is also written in one word, but "p in" is no "pin".
      if ((wholes.get(joined) ?? 0) >= count) return true;
    }
    if (beginnings.size === 0) return false;
    const key = list
      .slice(at, at + KEY_LENGTH)
      .join("")
      .slice(0, KEY_LENGTH);
    const candidates = beginnings.get(key);
    if (candidates === undefined) return false;
    const ahead = list.slice(at, at + MOST_WORDS).join("");
    return candidates.some((beginning) => ahead.startsWith(beginning));
  };
  return ({ words, list, compact: text, isCompact }) =>
    list.some((_, at) => startsAt(list, at)) ||
    (restExpression?.test(words) ?? false) ||
    (isCompact && (compactExpression?.test(text) ?? false));
}

/** Beginnings ("verif*") are found by their first letters, and are never longer than so many words. */
const KEY_LENGTH = 3;
const MOST_WORDS = 8;

function readyRemover(table: WordTable): (text: PageText) => PageText {
  const { spaced, compact } = phrasesOf(table);
  const wordsExpression = spaced.length === 0 ? null : new RegExp(wordsSource(spaced), "gu");
  const compactExpression = compact.length === 0 ? null : new RegExp(compact.join("|"), "gu");
  return (text) => ({
    ...wordsToText(wordsExpression === null ? text.words : text.words.replace(wordsExpression, " ")),
    isCompact: text.isCompact,
    compact: compactExpression === null ? text.compact : text.compact.replace(compactExpression, ""),
  });
}

/** Longer phrases first: taking "pin" out of "pin code" would leave a code. */
function phrasesOf(table: WordTable): { spaced: string[]; compact: string[] } {
  const phrases = [...new Set(Object.values(table).flat())].sort((one, two) => two.length - one.length);
  return {
    spaced: phrases.filter((phrase) => !WITHOUT_BLANKS.test(phrase)).map(fold),
    compact: phrases
      .filter((phrase) => WITHOUT_BLANKS.test(phrase))
      .map((phrase) => fold(phrase).replaceAll(" ", "")),
  };
}

function wordsSource(phrases: readonly string[]): string {
  return ` (?:${phrases.map(phraseToSource).join("|")})(?= )`;
}

function wordsToText(words: string): PageText {
  const trimmed = words.trim().replace(/ +/g, " ");
  const compact = trimmed.replaceAll(" ", "");
  return {
    words: ` ${trimmed} `,
    list: trimmed === "" ? [] : trimmed.split(" "),
    compact,
    isCompact: WITHOUT_BLANKS.test(compact),
  };
}

/** "one time pass*" becomes "one ?time ?pass[^ ]*": the tables hold nothing but letters, digits, blanks and stars. */
function phraseToSource(phrase: string): string {
  return phrase
    .split(" ")
    .map((word) => (word.endsWith("*") ? `${word.slice(0, -1)}[^ ]*` : word))
    .join(" ?");
}

/** Lower case without accents; composed again, so that Korean syllables stay whole. */
function fold(text: string): string {
  // Most words of most pages: nothing to take off.
  if (!/[^ -~]/.test(text)) return text.toLowerCase();
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
