import type { backupEn } from "./messages/backup-en.ts";
import { en, type MessageKey as MessageKeyOfAll } from "./messages/en.ts";
import type { exportEn } from "./messages/export-en.ts";
import type { factorStepEn } from "./messages/factor-step-en.ts";
import type { factorsEn } from "./messages/factors-en.ts";
import type { importEn } from "./messages/import-en.ts";
import type { teamsEn } from "./messages/teams-en.ts";
import { zhCN } from "./messages/zh-CN.ts";

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];
/** A sentence that is always there, or one that a section brings along (addMessages). */
export type MessageKey =
  | MessageKeyOfAll
  | keyof typeof teamsEn
  | keyof typeof factorsEn
  | keyof typeof factorStepEn
  | keyof typeof importEn
  | keyof typeof exportEn
  | keyof typeof backupEn;

/** What fills a message's `{placeholders}`. */
export type MessageValues = Readonly<Record<string, string | number>>;

/** The base of a counting message: `key` such that `key.one` and `key.other` exist. */
export type PluralKey = MessageKey extends infer K ? (K extends `${infer Base}.other` ? Base : never) : never;

type Catalogues = Readonly<Record<Language, Readonly<Record<string, string>>>>;

const catalogues: Catalogues = { en, "zh-CN": zhCN };
let added: Catalogues = { en: {}, "zh-CN": {} };

// Module state on purpose: a document speaks one language at a time, and every component of it asks.
let current: Language = "en";

/** Picks the language for a wish ("system" or a language) and the person's first one, e.g. "zh-TW" or "en-GB". */
export function chooseLanguage(wish: Language | "system", browserLanguage: string): Language {
  if (wish !== "system") return wish;
  return browserLanguage.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** Sets the language of this document, for t() and for screen readers. */
export function setLanguage(language: Language): void {
  current = language;
  document.documentElement.lang = language;
}

/** The language of this document. */
export function language(): Language {
  return current;
}

/** Brings the sentences of a section that is loaded by itself: nothing of it is drawn before. */
export function addMessages(more: Catalogues): void {
  added = { en: { ...added.en, ...more.en }, "zh-CN": { ...added["zh-CN"], ...more["zh-CN"] } };
}

/** A sentence without placeholders in a given language, for places that have no document: the worker's menus. */
export function messageIn(inLanguage: Language, key: MessageKey): string {
  const sentence = catalogues[inLanguage][key] ?? added[inLanguage][key];
  if (sentence === undefined) throw new Error(`message ${key} has not been loaded`);
  return sentence;
}

/** The sentence for a key, its `{placeholders}` filled in. A placeholder without a value is a bug and throws. */
export function t(key: MessageKey, values: MessageValues = {}): string {
  return messageIn(current, key).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`message ${key} needs a value for ${name}`);
    return typeof value === "number" ? formatNumber(value) : value;
  });
}

/** Small whole numbers look the same in all our languages, and a first Intl.NumberFormat takes 12 ms of the popup's opening. */
function formatNumber(value: number): string {
  const isPlain = Number.isInteger(value) && value >= 0 && value < 1000;
  return isPlain ? String(value) : new Intl.NumberFormat(current).format(value);
}

/**
 * The sentence for a whole count, in the plural form the language wants; the count is there as `{count}`. Two languages
 * need no tables: a first Intl.PluralRules takes 2 or 3 ms of the popup's opening.
 */
export function tn(key: PluralKey, count: number, values: MessageValues = {}): string {
  const form = count === 1 && current === "en" ? "one" : "other";
  return t(`${key}.${form}` as MessageKey, { count, ...values });
}

/** What came with its languages, as the words of a server's forms do, in the document's one. */
export function ofLanguage(words: Readonly<Record<Language, string>>): string {
  return words[current];
}

/** A date and time in the document's language, e.g. "23 Nov 2026, 12:04". */
export function formatDateTime(timeMs: number): string {
  return new Intl.DateTimeFormat(current, { dateStyle: "medium", timeStyle: "short" }).format(timeMs);
}

/** A time of day in the document's language. */
export function formatTime(timeMs: number): string {
  return new Intl.DateTimeFormat(current, { timeStyle: "short" }).format(timeMs);
}

/** A date in the document's language. */
export function formatDate(timeMs: number): string {
  return new Intl.DateTimeFormat(current, { dateStyle: "medium" }).format(timeMs);
}

/** A span of time in its largest whole unit, e.g. "2 hours", "5 minutes". */
export function formatSpan(ms: number): string {
  const seconds = Math.max(1, Math.round(Math.abs(ms) / 1000));
  const [unit, size] =
    seconds < 90
      ? (["second", 1] as const)
      : seconds < 5400
        ? (["minute", 60] as const)
        : seconds < 129600
          ? (["hour", 3600] as const)
          : (["day", 86400] as const);
  const count = Math.round(seconds / size);
  return new Intl.NumberFormat(current, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

/** A number of bytes in the unit that it is read in, e.g. "1.4 MB"; a thousand bytes to the kilobyte. */
export function formatBytes(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const format = { style: "unit", unit: units[power], maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(current, format).format(bytes / 1000 ** power);
}

/** "a, b and c" in the document's language. */
export function formatList(items: readonly string[]): string {
  const list = new Intl.ListFormat(current, { type: "conjunction" }).format(items);
  // Intl glues the Chinese "and" to Latin names, which are set apart from Chinese characters everywhere else.
  return current === "zh-CN" ? list.replace(/([\w)])和/g, "$1 和").replace(/和(?=[\w(])/g, "和 ") : list;
}

/** Sentences one after another; what is "" is left out. Chinese ones bring their own room with their full stop. */
export function formatSentences(sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== "").join(current === "zh-CN" ? "" : " ");
}
