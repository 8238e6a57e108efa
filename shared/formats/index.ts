import { bitwardenFormat } from "./bitwarden.ts";
import { duoFormat } from "./duo.ts";
import { enpassFormat } from "./enpass.ts";
import { enteFormat } from "./ente.ts";
import type { FileContent, Format } from "./format.ts";
import { googleMigrationFormat } from "./google-migration-file.ts";
import { keeperFormat } from "./keeper.ts";
import { lastpassAuthenticatorFormat } from "./lastpass-authenticator.ts";
import { onePasswordFormat } from "./one-password.ts";
import { otpauthListFormat } from "./otpauth-list.ts";
import { protonAuthenticatorFormat } from "./proton-authenticator.ts";
import { protonPassFormat } from "./proton-pass.ts";
import { steamFormat } from "./steam.ts";

/** Every file format, in the order in which they are tried: the first that recognises a file reads it. */
export const FORMATS = [
  bitwardenFormat,
  duoFormat,
  enpassFormat,
  enteFormat,
  keeperFormat,
  lastpassAuthenticatorFormat,
  onePasswordFormat,
  protonAuthenticatorFormat,
  protonPassFormat,
  steamFormat,
  googleMigrationFormat,
  otpauthListFormat,
] as const satisfies readonly Format[];

export type FormatId = (typeof FORMATS)[number]["id"];

/** The format of a file, by what it holds; null if none knows it. */
export function recogniseFormat(file: FileContent): (Format & { readonly id: FormatId }) | null {
  return FORMATS.find((format) => format.recognise(file)) ?? null;
}
