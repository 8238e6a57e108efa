import { aegisFormat } from "./aegis.ts";
import { andotpEncryptedFormat, andotpFormat } from "./andotp.ts";
import type { FileContent, Format } from "./format.ts";
import { googleMigrationFormat } from "./google-migration-file.ts";
import { otpauthListFormat } from "./otpauth-list.ts";
import { pgpFormat } from "./pgp.ts";
import { stratumFormat } from "./stratum.ts";
import { twoFasFormat } from "./two-fas.ts";
import { twoFauthFormat } from "./two-fauth.ts";

/** Every file format, in the order in which they are tried: the first that recognises a file reads it. */
export const FORMATS = [
  googleMigrationFormat,
  aegisFormat,
  andotpFormat,
  pgpFormat,
  stratumFormat,
  twoFasFormat,
  twoFauthFormat,
  otpauthListFormat,
  andotpEncryptedFormat,
] as const satisfies readonly Format[];

export type FormatId = (typeof FORMATS)[number]["id"];

/** The format of a file, by what it holds; null if none knows it. */
export function recogniseFormat(file: FileContent): (Format & { readonly id: FormatId }) | null {
  return FORMATS.find((format) => format.recognise(file)) ?? null;
}
