import { androidPreferencesFormat } from "./android-preferences.ts";
import { authenticatorExtensionFormat } from "./authenticator-extension.ts";
import { authenticatorPlusFormat } from "./authenticator-plus.ts";
import { authyFormat } from "./authy.ts";
import { battleNetFormat } from "./battle-net.ts";
import type { FileContent, Format } from "./format.ts";
import { freeotp1Format } from "./freeotp-1.ts";
import { freeotp2Format } from "./freeotp-2.ts";
import { freeotpPlusFormat } from "./freeotp-plus.ts";
import { googleMigrationFormat } from "./google-migration-file.ts";
import { keepassXmlFormat } from "./keepass-xml.ts";
import { otpauthListFormat } from "./otpauth-list.ts";
import { raivoFormat } from "./raivo.ts";
import { sqlcipherDatabaseFormat } from "./sqlcipher-database.ts";
import { totpAuthenticatorFormat } from "./totp-authenticator.ts";
import { winauthFormat } from "./winauth.ts";

/** Every file format, in the order in which they are tried: the first that recognises a file reads it. */
export const FORMATS = [
  authenticatorExtensionFormat,
  authenticatorPlusFormat,
  authyFormat,
  battleNetFormat,
  freeotp1Format,
  freeotp2Format,
  freeotpPlusFormat,
  keepassXmlFormat,
  raivoFormat,
  winauthFormat,
  androidPreferencesFormat,
  googleMigrationFormat,
  // Only the rest depends on its order: lists and tables, text that is base64, bytes without a head.
  otpauthListFormat,
  totpAuthenticatorFormat,
  sqlcipherDatabaseFormat,
] as const satisfies readonly Format[];

export type FormatId = (typeof FORMATS)[number]["id"];

/** The format of a file, by what it holds; null if none knows it. */
export function recogniseFormat(file: FileContent): (Format & { readonly id: FormatId }) | null {
  return FORMATS.find((format) => format.recognise(file)) ?? null;
}
