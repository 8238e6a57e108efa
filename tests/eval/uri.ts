import { readFileSync } from "node:fs";
import { parseMigrationUri } from "../../shared/formats/google-migration.ts";
import type { EntryDraft } from "../../shared/otp/entry.ts";
import { parseOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import type { UriOptions } from "../../shared/otp/uri-draft.ts";
import type { UriRefusal } from "../../shared/otp/uri-refusal.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { formatTable } from "../bench/table.ts";
import { compareDraft, type EntryTruth } from "../support/import-truth.ts";
import type { EvalReport } from "./main.ts";

/** A URI and what becomes of it. */
type UriCase = {
  readonly uri: string;
  readonly context?: UriOptions["context"];
  /** What is to be read. */
  readonly expect?: EntryTruth | { readonly many: readonly EntryTruth[] };
  /** Why it is to be refused. */
  readonly error?: string;
  /** Whether refusing is as right as reading. */
  readonly acceptEither?: boolean;
  /** What may be offered with the refusal. */
  readonly acceptCorrection?: { readonly period: number };
  /** What may be read where it is to be refused. */
  readonly acceptFirst?: EntryTruth;
};

type Read = Result<readonly EntryDraft[], Pick<UriRefusal, "reason" | "correction">>;

/** Reads each case of a file in the format of otp-uris.json with the readers of the extension. */
export async function evalUri(
  file: string,
  { isVerbose }: { readonly isVerbose: boolean },
): Promise<EvalReport> {
  const { cases }: { cases: readonly UriCase[] } = JSON.parse(readFileSync(file, "utf8"));
  const lines: string[] = [];
  let right = 0;
  for (const [at, item] of cases.entries()) {
    const faults = faultsOf(item);
    if (faults.length === 0) right += 1;
    if (faults.length > 0) lines.push(`wrong  case ${at}: ${faults.join("; ")}`);
    else if (isVerbose) lines.push(`right  case ${at}`);
  }
  const numbers = { cases: cases.length, right, wrong: cases.length - right };
  const row = [`${numbers.cases}`, `${right}`, `${numbers.wrong}`];
  return { text: [...lines, formatTable("URIs", ["cases", "right", "wrong"], [row])].join("\n"), numbers };
}

function faultsOf(item: UriCase): string[] {
  try {
    const read = readUri(item);
    return item.expect === undefined ? refusalFaults(read, item) : entryFaults(read, item, item.expect);
  } catch (error) {
    return [`threw: ${error instanceof Error ? error.message : error}`];
  }
}

function readUri({ uri, context }: UriCase): Read {
  if (/^\s*otpauth-migration:/i.test(uri)) {
    const part = parseMigrationUri(uri);
    return part.ok ? ok(part.value.drafts) : err({ reason: "not-an-otp-uri", correction: null });
  }
  const read = parseOtpauthUri(uri, { context: context ?? "uri" });
  return read.ok ? ok([read.value.draft]) : err(read.error);
}

function entryFaults(read: Read, item: UriCase, expected: NonNullable<UriCase["expect"]>): string[] {
  if (!read.ok) return item.acceptEither ? [] : [`refused: ${read.error.reason}`];
  const truths = "many" in expected ? expected.many : [expected];
  if (read.value.length !== truths.length) return [`${read.value.length} entries, not ${truths.length}`];
  return truths.flatMap((truth, at) => {
    const draft = read.value[at];
    return draft === undefined ? ["an entry is missing"] : compareDraft(draft, truth);
  });
}

function refusalFaults(read: Read, { error, acceptFirst, acceptCorrection }: UriCase): string[] {
  if (read.ok) {
    const [draft] = read.value;
    const isFirst = draft && acceptFirst && compareDraft(draft, acceptFirst).length === 0;
    return isFirst ? [] : [`read, though it must be refused: ${error}`];
  }
  const offered = read.error.correction?.changed.period;
  const isWrong = offered !== undefined && offered !== acceptCorrection?.period;
  return isWrong ? [`offers a period of ${offered}`] : [];
}
