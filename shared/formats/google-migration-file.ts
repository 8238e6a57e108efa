import type { Format } from "./format.ts";
import { writeMigrationCodes } from "./google-migration-write.ts";
import { otpauthListFormat } from "./otpauth-list.ts";

/**
 * Google Authenticator's export: QR codes of up to ten entries, which are written; and the texts of such codes, one a
 * line, as other programs save them. Lines of plain otpauth URIs between them are read too.
 */
export const googleMigrationFormat = {
  id: "google-migration",
  recognise: ({ text }) => text !== null && /^[^\S\r\n]*otpauth-migration:\/\//im.test(text),
  read: otpauthListFormat.read,
  write: null,
  writeCodes: (entries) => {
    const [batchId = 0] = crypto.getRandomValues(new Int32Array(1));
    return writeMigrationCodes(entries, batchId);
  },
  readBy: {
    codes: [
      "Google Authenticator",
      "2FAS",
      "2FAuth",
      "Aegis",
      "Authenticator",
      "Ente Auth",
      "Proton Authenticator",
      "Stratum",
    ],
  },
} as const satisfies Format;
