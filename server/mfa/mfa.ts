import type { Bytes } from "../../shared/bytes.ts";
import { importAeadKey } from "../../shared/crypto/aead.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { hkdf } from "../../shared/crypto/kdf.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { normalizeEmail } from "../normalize-email.ts";
import type { Secret } from "../secret.ts";
import type { MfaConfig, MfaPolicy } from "./config.ts";
import type { MfaModule } from "./module.ts";
import { type Mailer, makeMailer } from "./notices/mailer.ts";

/** What a running server has for second factors. */
export type Mfa = {
  readonly policy: MfaPolicy;
  /** Those that are switched on, in the sequence in which they are offered. */
  readonly modules: readonly OfferedModule[];
  /** Encrypts what modules keep. */
  readonly key: CryptoKey;
  /** Hashes networks, so that nobody reads from the database where somebody was. */
  readonly networkKey: Bytes;
  /** Tells people what has happened to their factors; null: no mail server was named. */
  readonly mailer: Mailer | null;
};

export type OfferedModule = {
  readonly module: MfaModule;
  /** Addresses, in the one spelling of them; null: for everybody. */
  readonly onlyFor: ReadonlySet<string> | null;
};

/**
 * Makes the modules that are configured, and what sends mail. Throws, with what is wrong, where they do not go together, or
 * one lacks something that the server was not given.
 */
export async function makeMfa(
  { policy, modules, mail }: MfaConfig,
  secret: Secret,
  { origin, extensionIds }: Pick<Config, "origin" | "extensionIds">,
  log: Log,
): Promise<Mfa> {
  // Of the secret file's own key, for a use of its own each: who has the database alone reads none of it.
  const root = new Uint8Array(Buffer.from(secret.decoyKey, "base64"));
  const { serverId } = secret;
  const keyFor = (use: string) => hkdf(root, CTX("mfa", use, serverId));
  const mailer = mail && makeMailer(mail, origin, log);
  const site = { serverId, origin, extensionIds, hashKey: await keyFor("hash"), log, mailer };
  const offered = modules.flatMap(({ make, onlyFor }) => {
    const module = make(site);
    return module === null ? [] : [{ module, onlyFor: onlyFor && new Set(onlyFor.map(normalizeEmail)) }];
  });
  const mistakes = mistakesOf(policy, offered);
  if (mistakes.length > 0) throw Error(mistakes.join("\n"));
  return {
    policy,
    modules: offered,
    key: await importAeadKey(await keyFor("kept")),
    networkKey: await keyFor("network"),
    mailer,
  };
}

/** What can't be told before the modules are there. */
function mistakesOf(policy: MfaPolicy, offered: readonly OfferedModule[]): string[] {
  const ids = offered.map(({ module }) => module.id);
  const twice = new Set(ids.filter((id, at) => ids.indexOf(id) !== at));
  const mistakes = [...twice].map((id) => `two modules have the id ${id}: give one another "id"`);
  const recommended = offered.find(({ module }) => module.id === policy.recommended);
  if (policy.recommended !== null && recommended === undefined)
    mistakes.push(`"recommended" names ${policy.recommended}, which is not among the modules`);
  if (recommended?.module.isSpare)
    mistakes.push(`"recommended" names ${policy.recommended}, which is only for when another is lost`);
  if (offered.length > 0 && offered.every(({ module }) => module.isSpare))
    mistakes.push("all modules are only for when another is lost, so that nobody could set one up");
  // Otherwise the first who has to have one could neither come in nor set one up.
  const isEnough = ({ module, onlyFor }: OfferedModule) =>
    onlyFor === null && !module.isSpare && (module.strength === "strong" || policy.weakCountsForSignIn);
  if (policy.required !== "nobody" && !offered.some(isEnough))
    mistakes.push(
      `"required" is ${policy.required}, and there is no module by which everybody could have a factor that counts`,
    );
  return mistakes;
}

/** The module of that id, where it is switched on and for somebody of that address. */
export function moduleFor({ modules }: Pick<Mfa, "modules">, id: string, email: string): MfaModule | null {
  return modulesFor({ modules }, email).find((module) => module.id === id) ?? null;
}

/** The modules that somebody of that address may use, in the sequence in which they are offered. */
export function modulesFor({ modules }: Pick<Mfa, "modules">, email: string): MfaModule[] {
  return modules
    .filter(({ onlyFor }) => onlyFor === null || onlyFor.has(normalizeEmail(email)))
    .map(({ module }) => module);
}

/** Whether one of that module is enough to sign in: those that are strong, and weak ones by the policy. */
export function countsForSignIn(mfa: Mfa, id: string, email: string): boolean {
  const module = moduleFor(mfa, id, email);
  return module !== null && (module.strength === "strong" || mfa.policy.weakCountsForSignIn);
}
