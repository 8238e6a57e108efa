import { aegisFormat } from "./aegis.ts";
import { authenticatorExtensionFormat } from "./authenticator-extension.ts";
import { bitwardenFormat } from "./bitwarden.ts";
import type { Format } from "./format.ts";
import { googleMigrationFormat } from "./google-migration-file.ts";
import { otpauthListFormat } from "./otpauth-list.ts";
import { twoFasFormat } from "./two-fas.ts";
import { twoFauthFormat } from "./two-fauth.ts";

/**
 * The formats of the registry (index.ts) that are written, for pages: what only reads brings archives, tables and
 * databases along, which stay in the worker that reads. tests/repository.test.ts holds that none is missing.
 */
export const WRITTEN_FORMATS = [
  aegisFormat,
  authenticatorExtensionFormat,
  bitwardenFormat,
  googleMigrationFormat,
  otpauthListFormat,
  twoFasFormat,
  twoFauthFormat,
] as const satisfies readonly Format[];
