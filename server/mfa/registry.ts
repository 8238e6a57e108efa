import * as z from "zod/mini";
import { err, ok, type Result } from "../../shared/result.ts";
import type { MfaModule, ModuleKind, Site } from "./module.ts";
import { emailKind } from "./modules/email.ts";
import { providerKind } from "./modules/provider.ts";
import { recoveryKind } from "./modules/recovery.ts";
import { smsKind } from "./modules/sms.ts";
import { totpKind } from "./modules/totp.ts";
import { webauthnKind } from "./modules/webauthn.ts";

/** The kinds of second factors, by the names that the configuration knows them by. A new one is a file and a line here. */
export const KINDS: Readonly<Record<string, AnyKind>> = {
  totp: anyKind(totpKind),
  recovery: anyKind(recoveryKind),
  webauthn: anyKind(webauthnKind),
  email: anyKind(emailKind),
  sms: anyKind(smsKind),
  provider: anyKind(providerKind),
};

export type AnyKind = {
  /** Looks at what the configuration says of a module. @returns what makes it, or what is wrong where */
  read(settings: unknown): Result<(site: Site) => MfaModule | null, readonly Mistake[]>;
};

/** Has schemas say what is wrong, and what there might be in its place; never what stands there, which may be secret. */
export const IN_WORDS = { error: z.locales.en().localeError };

export type Mistake = { readonly path: readonly PropertyKey[]; readonly message: string };

/** A kind, whatever its settings are. */
export function anyKind<S>({ settings, worksAt, make }: ModuleKind<S>): AnyKind {
  return {
    read(said) {
      const parsed = settings.safeParse(said, IN_WORDS);
      return parsed.success
        ? ok((site) => (worksAt?.(site) === false ? null : make(parsed.data, site)))
        : err(parsed.error.issues);
    },
  };
}
