import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { base32Decode, bytesToHex } from "../../shared/bytes.ts";
import type { ReadEntry } from "../../shared/formats/format.ts";
import { type ReadOutcome, type ReadRefusal, readFile } from "../../shared/formats/read-file.ts";
import { codeAt } from "../../shared/otp/code.ts";
import type { EntryDraft } from "../../shared/otp/entry.ts";
import type { Result } from "../../shared/result.ts";
import { CORPORA_ABSENT, corpusPath } from "./corpora.ts";

/** What a truth file beside a sample says: FILE.truth.json. */
export type FileTruth = {
  readonly password?: string;
  readonly entries: readonly EntryTruth[];
  /** What must be reported, and not be among the entries. */
  readonly rejected?: readonly { readonly secretHex?: string }[];
  /** Why the whole file must be refused. */
  readonly error?: string;
  /** Naming the file and saying what to do instead is enough. */
  readonly mayDecline?: boolean;
};

/** An entry as it should be read; `…Alternatives` are right too. */
export type EntryTruth = Pick<EntryDraft, "type" | "issuer" | "account" | "algorithm" | "digits"> & {
  readonly secretHex: string;
  readonly period?: number | null;
  readonly counter?: number | null;
  readonly pin?: string;
  readonly typeAlternatives?: readonly string[];
  readonly issuerAlternatives?: readonly string[];
  readonly accountAlternatives?: readonly string[];
  readonly counterAlternatives?: readonly number[];
  readonly codeAt1700000000?: string;
  /** Of an hotp: the code of `counter`. */
  readonly codeAtCounter?: string;
  /** A reader may leave it out, or take it over as trashed. */
  readonly trashed?: boolean;
};

const MOMENT = 1_700_000_000_000;
/** Refusals that say no more than that it did not work: not enough where a file may be declined. */
const WORDLESS = ["unknown-format", "corrupt", "nothing-found"];

/** What truth files say in words, where only one refusal says the same. */
const REFUSALS_BY_WORDS: readonly [RegExp, ReadRefusal["reason"]][] = [
  [/^wrong password/, "wrong-passphrase"],
  [/^account-restricted/, "bitwarden-account-restricted"],
];

/**
 * Reads every sample of a folder of the collection and holds what comes out to its truth.
 *
 * @param folder the name of a format in the collection: "aegis-plain"
 * @param context of the test, which is skipped where the collections are absent
 */
export async function expectTruth(folder: string, context: { skip: (note: string) => void }): Promise<void> {
  const path = corpusPath(join("imports", folder));
  if (path === null) return context.skip(CORPORA_ABSENT);
  const faults: Record<string, readonly string[]> = {};
  for (const name of samplesOf(path)) {
    const truth = truthOf(join(path, name));
    const bytes = new Uint8Array(readFileSync(join(path, name)));
    const wrong = compareWithTruth(await readFile(bytes, truth.password ?? null), truth);
    if (wrong.length > 0) faults[name] = wrong;
  }
  assert.deepEqual(faults, {});
}

/** The names of the files in a folder that have a truth beside them. */
export function samplesOf(folder: string): string[] {
  const names = new Set(readdirSync(folder));
  return [...names].filter((name) => names.has(`${name}.truth.json`)).sort();
}

export function truthOf(file: string): FileTruth {
  return JSON.parse(readFileSync(`${file}.truth.json`, "utf8"));
}

/** What is wrong with what was read of a file, in words without secrets; nothing where all of it is right. */
export function compareWithTruth(read: Result<ReadOutcome, ReadRefusal>, truth: FileTruth): string[] {
  if (truth.error !== undefined) return compareRefusal(read, truth.error);
  if (!read.ok) {
    const isDeclined = truth.mayDecline === true && !WORDLESS.includes(read.error.reason);
    return isDeclined ? [] : [`refused: ${read.error.reason} (${read.error.format ?? "no format"})`];
  }
  const rejected = truth.rejected?.length ?? 0;
  const reported = read.value.rejected.length;
  return [
    ...compareEntries(read.value.entries, truth.entries),
    ...(reported < rejected ? [`${rejected} entries to be rejected, ${reported} reported`] : []),
  ];
}

function compareRefusal(read: Result<ReadOutcome, ReadRefusal>, error: string): string[] {
  if (read.ok) return [`read, though it must be refused: ${error}`];
  const wanted = REFUSALS_BY_WORDS.find(([words]) => words.test(error))?.[1];
  return wanted === undefined || read.error.reason === wanted
    ? []
    : [`refused: ${read.error.reason}, not ${wanted}`];
}

function compareEntries(entries: readonly ReadEntry[], truths: readonly EntryTruth[]): string[] {
  const left = [...entries];
  const faults: string[] = [];
  for (const [at, truth] of truths.entries()) {
    const found = left.findIndex((entry) => compareEntry(entry, truth).length === 0);
    const closest = found >= 0 ? null : nearest(left, truth);
    if (found >= 0) left.splice(found, 1);
    else if (closest !== null || truth.trashed !== true) {
      faults.push(`entry ${at}: ${closest ?? "none with its secret"}`);
    }
  }
  // What stands for an entry that was read wrong was counted there.
  const extra = entries.length - truths.length;
  return extra > 0 ? [...faults, `${extra} more entries than there are`] : faults;
}

/** What is wrong with the entry that was meant: the one of that secret with the fewest faults; null without any. */
function nearest(entries: readonly ReadEntry[], truth: EntryTruth): string | null {
  const [closest] = entries
    .filter(({ draft }) => hexOf(draft) === truth.secretHex)
    .map((entry) => compareEntry(entry, truth))
    .sort((a, b) => a.length - b.length);
  return closest?.join(", ") ?? null;
}

function compareEntry({ draft, trashed }: ReadEntry, truth: EntryTruth): string[] {
  const isTrashSaid = truth.trashed !== true || trashed === true;
  return [...compareDraft(draft, truth), ...(isTrashSaid ? [] : ["not marked as trashed"])];
}

/** What is wrong with a draft, in words that name no secret and no code. */
export function compareDraft(draft: EntryDraft, truth: EntryTruth): string[] {
  const faults: string[] = [];
  const hold = (name: string, got: unknown, wanted: unknown, alternatives: readonly unknown[] = []) => {
    if (got !== wanted && !alternatives.includes(got)) {
      faults.push(`${name} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
    }
  };
  if (hexOf(draft) !== truth.secretHex) faults.push("another secret");
  hold("type", draft.type, truth.type, truth.typeAlternatives);
  hold("issuer", draft.issuer, truth.issuer, truth.issuerAlternatives);
  hold("account", draft.account, truth.account, truth.accountAlternatives);
  hold("algorithm", draft.algorithm, truth.algorithm);
  // Mobile-OTP has one period, 10 seconds, whatever a file says of it.
  if (truth.type !== "motp") hold("period", draft.period, truth.period ?? null);
  hold("counter", draft.counter, truth.counter ?? null, truth.counterAlternatives);
  if (truth.pin !== undefined && draft.pin !== truth.pin) faults.push("another pin");
  // Of another type that is right too, neither length nor code can be the same.
  if (draft.type !== truth.type) return faults;
  hold("digits", draft.digits, truth.digits);
  const wanted = truth.codeAt1700000000 ?? truth.codeAtCounter;
  const code = codeAt({ ...draft, counter: truth.counter ?? draft.counter }, MOMENT);
  if (wanted !== undefined && (!code.ok || code.value !== wanted)) faults.push("another code");
  return faults;
}

function hexOf(draft: EntryDraft): string {
  const bytes = base32Decode(draft.secret);
  return bytes.ok ? bytesToHex(bytes.value) : bytes.error;
}
