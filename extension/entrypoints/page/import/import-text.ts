import type { FileNotice, RejectedEntry } from "../../../../shared/formats/format.ts";
import type { Gathered } from "../../../import/gather.ts";
import type { ImportItem } from "../../../import/plan-import.ts";
import type { FailedFile } from "../../../import/read-files.ts";
import type { WorkerRefusal } from "../../../import/read-in-worker.ts";
import { fieldName } from "../../../ui/error-text.ts";
import { formatList, formatSentences, t } from "../../../ui/i18n.ts";
import { noticeText, rejectionText } from "../../../ui/scan-text.ts";

/** Why nothing was read of a file, and what to do next. */
export function readRefusalSentence(reason: WorkerRefusal["reason"] | "unreadable"): string {
  switch (reason) {
    case "stopped":
    case "timed-out":
    case "reader-failed":
    case "unreadable":
      return t(`import.failed.${reason}`);
    default:
      return t(`file.${reason}`);
  }
}

/** The same with the file's name. */
export function failedFileText({ name, why }: FailedFile): string {
  const file = name || t("image.pasted");
  if (typeof why === "object") return t("image.nothing-in", { file });
  return t("import.failed-file", { file, why: readRefusalSentence(why) });
}

/** What is said of an account in whole sentences: why it can't be kept, or what was assumed; "" for nothing. */
export function sentencesOf(item: ImportItem): string {
  return item.kind === "refused" ? (stateText(item) ?? "") : formatSentences(item.notices.map(noticeText));
}

/** What there is to say about all that was read. */
export function remarksOf({ notices, batches }: Gathered): string[] {
  const missing = batches.filter(({ collected }) => !collected.complete);
  return [
    ...notices.map(fileNoticeText),
    ...missing.map(({ collected, batchSize }) =>
      t("migration.missing", {
        missing: formatList(collected.missing.map((index) => String(index + 1))),
        size: batchSize,
      }),
    ),
  ];
}

function fileNoticeText(notice: FileNotice): string {
  switch (notice) {
    case "incomplete-export":
      return t("file.incomplete-export");
    case "read-as-windows-1252":
    case "read-as-windows-1251":
    case "read-as-gb18030":
      return t("import.code-page", { page: CODE_PAGES[notice] });
    default:
      return noticeText(notice);
  }
}

/** As the programs call them that write files in them. */
const CODE_PAGES = {
  "read-as-windows-1252": "Windows-1252",
  "read-as-windows-1251": "Windows-1251",
  "read-as-gb18030": "GB 18030 (GBK)",
} as const;

/** What is here already of an account; null where nothing is. */
export function stateText(item: ImportItem): string | null {
  switch (item.kind) {
    case "new":
      return null;
    case "same":
      if (item.local === null) return t("import.same-twice");
      return t(item.local.entry.deletedAt === null ? "import.same" : "import.same-trash");
    case "differs":
      return t("import.differs", { fields: formatList(item.fields.map(fieldName)) });
    case "refused":
      return rejectionText(item.reason, item.detail);
  }
}

/** What an account that can't be kept may be known by. */
export function refusedName({ label, line }: RejectedEntry): string {
  const place = line === null ? "" : t("file.line", { line: String(line) });
  return [place, label || (line === null ? t("entry.unnamed") : "")].filter(Boolean).join(" · ");
}

/** What the file said beside the account itself. */
export function sideText(item: ImportItem): string[] {
  if (item.kind === "refused") return [];
  return [
    ...(item.pinned ? [t("import.was-pinned")] : []),
    ...(item.trashed ? [t("import.was-trashed")] : []),
    ...(item.draft.tags ?? []),
  ];
}
