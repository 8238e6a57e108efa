import { forgetBatch, keepMigrationParts, type PendingBatch } from "../scan/pending-batch.ts";
import type { FoundCode } from "../scan/scan-outcome.ts";
import { formatList, t } from "../ui/i18n.ts";
import { migrationEntryText, noticeText } from "../ui/scan-text.ts";
import type { ReviewItem } from "./review.tsx";

/** What a scan gave, ready to be looked at. */
export interface FoundAccounts {
  readonly items: readonly ReviewItem[];
  /** Sentences about the whole: parts still missing, accounts that can't be taken, time that ran out. */
  readonly remarks: readonly string[];
  /** To be forgotten once these accounts are kept. */
  readonly batches: readonly PendingBatch[];
}

/**
 * Turns found codes into accounts to review. Parts of a Google export are collected across scans: the accounts of a
 * batch show as soon as there are any, with a remark that names the parts still missing.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function foundAccounts(
  found: readonly FoundCode[],
  isComplete: boolean,
  now: number,
): Promise<FoundAccounts> {
  const items: ReviewItem[] = [];
  const remarks: string[] = [];
  const partUris: string[] = [];
  for (const { payload } of found) {
    if (payload.kind === "migration-part") partUris.push(payload.uri);
    if (payload.kind === "entries")
      for (const draft of payload.drafts) items.push({ draft, notices: payload.notices.map(noticeText) });
  }
  const batches = await keepMigrationParts(partUris, now);
  for (const { collected, batchSize } of batches) {
    const period = [t("notice-read.period-assumed-30")];
    for (const draft of collected.drafts) items.push({ draft, notices: draft.type === "totp" ? period : [] });
    for (const { label, reason, detail } of collected.rejected)
      remarks.push(
        t("migration.rejected", {
          label: label || t("entry.unnamed"),
          why: migrationEntryText(reason, detail),
        }),
      );
    if (!collected.complete)
      remarks.push(
        t("migration.missing", {
          missing: formatList(collected.missing.map((index) => String(index + 1))),
          size: batchSize,
        }),
      );
  }
  if (!isComplete) remarks.push(t("scan.incomplete"));
  return { items, remarks, batches };
}

/** These accounts were kept: the parts they came in need not be remembered any more. */
export async function forgetBatches(batches: readonly PendingBatch[], now: number): Promise<void> {
  for (const batch of batches) if (batch.collected.complete) await forgetBatch(batch, now);
}
