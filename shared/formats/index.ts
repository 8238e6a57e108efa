import { aegisFormat } from "./aegis.ts";
import { aegisPageFormat } from "./aegis-page.ts";
import { andotpEncryptedFormat, andotpFormat } from "./andotp.ts";
import { androidPreferencesFormat } from "./android-preferences.ts";
import { authenticatorExtensionFormat } from "./authenticator-extension.ts";
import { authenticatorPlusFormat } from "./authenticator-plus.ts";
import { authyFormat } from "./authy.ts";
import { battleNetFormat } from "./battle-net.ts";
import { bitwardenFormat } from "./bitwarden.ts";
import { dashlaneFormat } from "./dashlane.ts";
import { duoFormat } from "./duo.ts";
import { enpassFormat } from "./enpass.ts";
import { enpassCsvFormat } from "./enpass-csv.ts";
import { enteFormat } from "./ente.ts";
import { entePageFormat } from "./ente-page.ts";
import type { FileContent, Format } from "./format.ts";
import { freeotp1Format } from "./freeotp-1.ts";
import { freeotp2Format } from "./freeotp-2.ts";
import { freeotpPlusFormat } from "./freeotp-plus.ts";
import { googleAuthenticatorDatabaseFormat } from "./google-authenticator-database.ts";
import { googleMigrationFormat } from "./google-migration-file.ts";
import { keepassXmlFormat } from "./keepass-xml.ts";
import { keeperFormat } from "./keeper.ts";
import { keeperCsvFormat } from "./keeper-csv.ts";
import { lastpassAuthenticatorFormat } from "./lastpass-authenticator.ts";
import { microsoftAuthenticatorFormat } from "./microsoft-authenticator.ts";
import { onePasswordFormat } from "./one-password.ts";
import { onePasswordPifFormat } from "./one-password-1pif.ts";
import { otherCsvFormat } from "./other-csv.ts";
import { otherJsonFormat } from "./other-json.ts";
import { otpauthInTextFormat } from "./otpauth-in-text.ts";
import { otpauthListFormat } from "./otpauth-list.ts";
import { passwordCsvFormat } from "./password-csv.ts";
import { pgpFormat } from "./pgp.ts";
import { protonAuthenticatorFormat } from "./proton-authenticator.ts";
import { protonPassFormat } from "./proton-pass.ts";
import { raivoFormat } from "./raivo.ts";
import { roboformCsvFormat } from "./roboform-csv.ts";
import { signInCodeFormat } from "./sign-in-code.ts";
import { sqlcipherDatabaseFormat } from "./sqlcipher-database.ts";
import { steamFormat } from "./steam.ts";
import { stratumFormat } from "./stratum.ts";
import { totpAuthenticatorFormat } from "./totp-authenticator.ts";
import { twoFasFormat } from "./two-fas.ts";
import { twoFauthFormat } from "./two-fauth.ts";
import { unreadableFileFormat } from "./unreadable-file.ts";
import { winauthFormat } from "./winauth.ts";

/** Every file format, in the order in which they are tried: the first that recognises a file reads it. */
export const FORMATS = [
  aegisFormat,
  aegisPageFormat,
  andotpFormat,
  authenticatorExtensionFormat,
  authenticatorPlusFormat,
  authyFormat,
  battleNetFormat,
  bitwardenFormat,
  dashlaneFormat,
  duoFormat,
  enpassFormat,
  enteFormat,
  entePageFormat,
  freeotp1Format,
  freeotp2Format,
  freeotpPlusFormat,
  googleAuthenticatorDatabaseFormat,
  keepassXmlFormat,
  keeperFormat,
  lastpassAuthenticatorFormat,
  microsoftAuthenticatorFormat,
  onePasswordFormat,
  onePasswordPifFormat,
  protonAuthenticatorFormat,
  protonPassFormat,
  raivoFormat,
  steamFormat,
  stratumFormat,
  twoFasFormat,
  twoFauthFormat,
  winauthFormat,
  // What can't be read, recognised so that it can be said how to get further.
  androidPreferencesFormat,
  pgpFormat,
  signInCodeFormat,
  unreadableFileFormat,
  // Only the rest depends on its order: any JSON, tables, lists, any table, text that is base64, bytes without a head.
  otherJsonFormat,
  enpassCsvFormat,
  keeperCsvFormat,
  passwordCsvFormat,
  roboformCsvFormat,
  googleMigrationFormat,
  otpauthListFormat,
  otherCsvFormat,
  otpauthInTextFormat,
  totpAuthenticatorFormat,
  sqlcipherDatabaseFormat,
  andotpEncryptedFormat,
] as const satisfies readonly Format[];

export type FormatId = (typeof FORMATS)[number]["id"];

/** The format of a file, by what it holds; null if none knows it. */
export function recogniseFormat(file: FileContent): (Format & { readonly id: FormatId }) | null {
  return FORMATS.find((format) => format.recognise(file)) ?? null;
}
