import { enpassCsvFormat } from "./enpass-csv.ts";
import type { FileContent, Format } from "./format.ts";
import { googleAuthenticatorDatabaseFormat } from "./google-authenticator-database.ts";
import { googleMigrationFormat } from "./google-migration-file.ts";
import { keeperCsvFormat } from "./keeper-csv.ts";
import { microsoftAuthenticatorFormat } from "./microsoft-authenticator.ts";
import { otherCsvFormat } from "./other-csv.ts";
import { otpauthListFormat } from "./otpauth-list.ts";
import { passwordCsvFormat } from "./password-csv.ts";
import { roboformCsvFormat } from "./roboform-csv.ts";
import { signInCodeFormat } from "./sign-in-code.ts";
import { unreadableFileFormat } from "./unreadable-file.ts";

/** Every file format, in the order in which they are tried: the first that recognises a file reads it. */
export const FORMATS = [
  googleAuthenticatorDatabaseFormat,
  microsoftAuthenticatorFormat,
  signInCodeFormat,
  unreadableFileFormat,
  enpassCsvFormat,
  keeperCsvFormat,
  passwordCsvFormat,
  roboformCsvFormat,
  googleMigrationFormat,
  otpauthListFormat,
  otherCsvFormat,
] as const satisfies readonly Format[];

export type FormatId = (typeof FORMATS)[number]["id"];

/** The format of a file, by what it holds; null if none knows it. */
export function recogniseFormat(file: FileContent): (Format & { readonly id: FormatId }) | null {
  return FORMATS.find((format) => format.recognise(file)) ?? null;
}
