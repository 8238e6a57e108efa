import { bitwardenFormat } from "./bitwarden.ts";
import { duoFormat } from "./duo.ts";
import { enpassFormat } from "./enpass.ts";
import { enpassCsvFormat } from "./enpass-csv.ts";
import { enteFormat } from "./ente.ts";
import type { FileContent, Format } from "./format.ts";
import { googleAuthenticatorDatabaseFormat } from "./google-authenticator-database.ts";
import { googleMigrationFormat } from "./google-migration-file.ts";
import { keeperFormat } from "./keeper.ts";
import { keeperCsvFormat } from "./keeper-csv.ts";
import { lastpassAuthenticatorFormat } from "./lastpass-authenticator.ts";
import { microsoftAuthenticatorFormat } from "./microsoft-authenticator.ts";
import { onePasswordFormat } from "./one-password.ts";
import { otherCsvFormat } from "./other-csv.ts";
import { otpauthListFormat } from "./otpauth-list.ts";
import { passwordCsvFormat } from "./password-csv.ts";
import { protonAuthenticatorFormat } from "./proton-authenticator.ts";
import { protonPassFormat } from "./proton-pass.ts";
import { roboformCsvFormat } from "./roboform-csv.ts";
import { signInCodeFormat } from "./sign-in-code.ts";
import { steamFormat } from "./steam.ts";
import { unreadableFileFormat } from "./unreadable-file.ts";

/** Every file format, in the order in which they are tried: the first that recognises a file reads it. */
export const FORMATS = [
  bitwardenFormat,
  duoFormat,
  enpassFormat,
  enteFormat,
  googleAuthenticatorDatabaseFormat,
  keeperFormat,
  lastpassAuthenticatorFormat,
  microsoftAuthenticatorFormat,
  onePasswordFormat,
  protonAuthenticatorFormat,
  protonPassFormat,
  steamFormat,
  // What can't be read, recognised so that it can be said how to get further.
  signInCodeFormat,
  unreadableFileFormat,
  // Only the rest depends on its order: tables, lists, any table, text that is base64, bytes without a head.
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
