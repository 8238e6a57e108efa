import type { WritableEntry, WrittenCodes, WrittenFile } from "../../shared/formats/format.ts";
import type { WayOut } from "./ways-out.ts";

/** Writes entries into a file. @param passphrase null: as it would be plain, of whatever way */
export function writeFileAs(
  { format }: WayOut,
  entries: readonly WritableEntry[],
  passphrase: string | null,
): Promise<WrittenFile> {
  if (format.write === null) throw Error("the format has no file that is written");
  return format.write(entries, passphrase);
}

/** Writes entries into QR codes. */
export function writeCodesAs({ format }: WayOut, entries: readonly WritableEntry[]): WrittenCodes {
  if (!format.writeCodes) throw Error("the format has no QR codes");
  return format.writeCodes(entries);
}
