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
  read(settings: unknown): Result<(site: Site) => MfaModule, readonly Mistake[]>;
};

export type Mistake = { readonly path: readonly PropertyKey[]; readonly message: string };

function anyKind<S>({ settings, make }: ModuleKind<S>): AnyKind {
  return {
    read(said) {
      const parsed = settings.safeParse(said);
      return parsed.success ? ok((site) => make(parsed.data, site)) : err(parsed.error.issues);
    },
  };
}
