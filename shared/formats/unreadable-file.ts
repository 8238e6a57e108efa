import { type Bytes, bytesToHex } from "../bytes.ts";
import { err } from "../result.ts";
import type { FileAdvice, FileContent, Format } from "./format.ts";
import { pictureType } from "./parts/icon.ts";
import { isSqlite, mentionsAll } from "./parts/sqlite.ts";

/** Files that are known by what they hold and can't be read here; each advice has words that say how to get further. */
const KNOWN: readonly { readonly advice: FileAdvice; readonly is: (file: FileContent) => boolean }[] = [
  {
    advice: "keepass-database",
    // KeePass 1, 2 and early 2.
    is: ({ bytes }) => /^03d9a29a6[5-7]fb4bb5$/.test(bytesToHex(bytes.subarray(0, 8))),
  },
  // It may begin a little later (ISO 32000-1, Annex H.3.4.1).
  { advice: "pdf", is: ({ bytes }) => start(bytes, 1_024).includes("%PDF-") },
  { advice: "picture", is: isPicture },
  // Stratum's tables are authenticator, category and what joins them.
  {
    advice: "stratum-database",
    is: ({ bytes }) => isSqlite(bytes) && mentionsAll(bytes, ["authenticatorcategory"]),
  },
];

/** What can't be read, recognised so that a person hears what to do instead. */
export const unreadableFileFormat = {
  id: "unreadable-file",
  recognise: (file) => adviceFor(file) !== null,
  read: async (file) => err(adviceFor(file) ?? "unknown-format"),
  write: null,
} as const satisfies Format;

function adviceFor(file: FileContent): FileAdvice | null {
  return KNOWN.find(({ is }) => is(file))?.advice ?? null;
}

/** Pictures are read for QR codes before they come here (extension/scan): what comes here had none. */
function isPicture({ bytes, xmlRoot }: FileContent): boolean {
  const type = pictureType(bytes.subarray(0, 16));
  // HEIC and AVIF, BMP, TIFF.
  const isFurther = /^(?:.{4}ftyp(?:hei|hev|mif1|msf1|avi)|BM.{4}\0{4}|II\*\0|MM\0\*)/s.test(
    start(bytes, 16),
  );
  return (type !== null && type !== "image/svg+xml") || isFurther || xmlRoot === "svg";
}

function start(bytes: Bytes, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length));
}
