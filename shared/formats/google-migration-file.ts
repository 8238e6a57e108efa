import type { Format } from "./format.ts";
import { otpauthListFormat } from "./otpauth-list.ts";

/**
 * The texts of Google Authenticator's export QR codes, one a line, as other programs save them. Lines of plain
 * otpauth URIs between them are read too. It is only read.
 */
export const googleMigrationFormat = {
  id: "google-migration",
  recognise: ({ text }) => text !== null && /^[^\S\r\n]*otpauth-migration:\/\//im.test(text),
  read: otpauthListFormat.read,
  write: null,
} as const satisfies Format;
