import type { FileNotice, RejectedEntry } from "../../shared/formats/format.ts";
import type { FormatId } from "../../shared/formats/index.ts";
import { keepMigrationParts, type PendingBatch } from "../scan/pending-batch.ts";
import { withDrawnIcons } from "./icon-pixels.ts";
import type { ImportDraft } from "./plan-import.ts";
import type { OneRead } from "./read-files.ts";

/** All that several files gave, as one. */
export type Gathered = {
  readonly drafts: readonly ImportDraft[];
  readonly rejected: readonly RejectedEntry[];
  readonly notices: readonly FileNotice[];
  /** Each format once, in the files' order. */
  readonly formats: readonly FormatId[];
  /** Exports in several parts; to be forgotten once they are kept (scan/pending-batch.ts). */
  readonly batches: readonly PendingBatch[];
};

/**
 * Puts files together: parts of one Google export are collected across them, and across what was scanned before; icons
 * are drawn.
 */
export async function gather(
  reads: readonly OneRead[],
  signal: { signal: AbortSignal },
  now: number = Date.now(),
): Promise<Gathered> {
  const batches = await keepMigrationParts([...new Set(reads.flatMap(({ parts }) => parts))], now);
  const notices = new Set(reads.flatMap((read) => read.notices));
  const ofBatches = batches.flatMap(({ collected }) => collected.drafts);
  if (ofBatches.some(({ type }) => type === "totp")) notices.add("period-assumed-30");
  const entries = await withDrawnIcons(
    [
      ...reads.flatMap((read) => read.entries),
      ...ofBatches.map((draft) => ({ draft, notices: [], line: null })),
    ],
    signal,
  );
  const formats = reads.flatMap(({ format }) => format ?? []);
  return {
    drafts: entries.map(({ draft, notices, pinned = false, trashed = false }) => ({
      draft,
      notices,
      pinned,
      trashed,
    })),
    rejected: [
      ...reads.flatMap((read) => read.rejected),
      ...batches.flatMap(({ collected }) =>
        collected.rejected.map((one) => ({ ...one, correction: null, line: null })),
      ),
    ],
    notices: [...notices],
    formats: [...new Set(batches.length > 0 ? [...formats, "google-migration" as const] : formats)],
    batches,
  };
}
