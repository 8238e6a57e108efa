import { recogniseFormat } from "../../shared/formats/index.ts";
import { openFile } from "../../shared/formats/parts/file-content.ts";
import { t } from "../ui/i18n.ts";
import { noticeText, rejectionText } from "../ui/scan-text.ts";
import type { ReviewItem } from "./review.tsx";

/** What a text gave: accounts to look at, and a sentence for each that can't be taken. */
export interface ReadText {
  readonly items: readonly ReviewItem[];
  readonly remarks: readonly string[];
}

/** Far more than a list of ten thousand accounts. */
const MOST_BYTES = 20_000_000;

/**
 * Reads a file of addresses (otpauth lists, exports as text), told by what it holds, not by its name.
 *
 * @returns null where it is no such file: it may be a picture
 */
export async function readTextFile(file: File): Promise<ReadText | null> {
  if (file.size > MOST_BYTES || file.type.startsWith("image/")) return null;
  const content = await openFile(new Uint8Array(await file.arrayBuffer()));
  const format = recogniseFormat(content);
  if (!format) return null;
  const read = await format.read(content, null);
  if (!read.ok) return { items: [], remarks: [t(`file.${read.error}`)] };
  const { entries, rejected, notices } = read.value;
  return {
    items: entries.map((entry) => ({ draft: entry.draft, notices: entry.notices.map(noticeText) })),
    remarks: [
      ...notices.map((notice) =>
        notice === "incomplete-export" ? t("file.incomplete-export") : noticeText(notice),
      ),
      ...rejected.map(({ label, line, reason, detail }) =>
        t("migration.rejected", {
          label: [
            line === null ? "" : t("file.line", { line: String(line) }),
            label || (line === null ? t("entry.unnamed") : ""),
          ]
            .filter(Boolean)
            .join(" · "),
          why: rejectionText(reason, detail),
        }),
      ),
    ],
  };
}
