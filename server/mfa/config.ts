import { readFileSync } from "node:fs";
import * as z from "zod/mini";
import { err, ok, type Result } from "../../shared/result.ts";
import { type MailSettings, mailSettings } from "./mailer.ts";
import type { MfaModule, Site } from "./module.ts";
import { KINDS, type Mistake } from "./registry.ts";

const policySchema = z.strictObject({
  required: z._default(z.enum(["nobody", "administrators", "everybody"]), "nobody"),
  graceDays: z._default(z.int().check(z.gte(0), z.lte(365)), 7),
  ask: z._default(
    z.union([
      z.enum(["always", "new-device", "new-network"]),
      z.strictObject({ days: z.int().check(z.gte(1), z.lte(365)) }),
    ]),
    "always",
  ),
  weakCountsForSignIn: z._default(z.boolean(), true),
  recommended: z._default(z.nullable(z.string()), null),
  resetWaitHours: z._default(z.int().check(z.gte(1), z.lte(24 * 30)), 72),
});

/**
 * What this server wants of second factors. `required`: who must have one ("administrators": those of the server, and
 * owners and admins of groups that others are in too), `graceDays` after they were first told. `ask`: how often one is
 * asked for at sign-in: always, on a device or in a network where it has not been shown before, or after so many days.
 * `resetWaitHours`: how long somebody with a recovery kit and no factor has to wait, while they are told everywhere.
 */
export type MfaPolicy = z.infer<typeof policySchema>;

/** What the configuration says of one module. */
export type ModuleSettings = {
  /** Addresses of those whom it is for; null: for everybody. */
  readonly onlyFor: readonly string[] | null;
  readonly make: (site: Site) => MfaModule;
};

export type MfaConfig = {
  readonly policy: MfaPolicy;
  readonly modules: readonly ModuleSettings[];
  /** The server that mail is handed to; null: none is sent. */
  readonly mail: MailSettings | null;
};

/** Where nothing is configured: what needs nothing but the server itself. */
const DEFAULT_MODULES = [{ kind: "webauthn" }, { kind: "totp" }, { kind: "recovery" }];

const fileSchema = z.looseObject({
  modules: z._default(
    z.array(z.looseObject({ kind: z.string(), onlyFor: z.optional(z.array(z.string())) })),
    DEFAULT_MODULES,
  ),
  mail: z.optional(z.unknown()),
});

/**
 * Reads what a server's mfa.json says. Every mistake is named, not only the first.
 *
 * @param text null: there is no such file, and what is said of each setting when it is left out holds
 */
export function parseMfaConfig(text: string | null): Result<MfaConfig, readonly string[]> {
  const json = text === null ? {} : jsonOf(text);
  if (json === undefined) return err(["it is not JSON"]);
  const file = fileSchema.safeParse(json);
  if (!file.success) return err(mistakesOf("", file.error.issues));
  const { modules: listed, mail, ...said } = file.data;
  const policy = policySchema.safeParse(said);
  const mistakes = policy.success ? [] : [...mistakesOf("", policy.error.issues)];
  const post = z.nullable(mailSettings).safeParse(mail ?? null);
  if (!post.success) mistakes.push(...mistakesOf("mail.", post.error.issues));
  const modules: ModuleSettings[] = [];
  for (const [at, { kind, onlyFor, ...rest }] of listed.entries()) {
    const known = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (known === undefined) {
      const all = Object.keys(KINDS).join(", ");
      mistakes.push(`modules.${at}.kind: there is no kind "${kind}"; there are ${all}`);
      continue;
    }
    const read = known.read(rest);
    if (read.ok) modules.push({ onlyFor: onlyFor ?? null, make: read.value });
    else mistakes.push(...mistakesOf(`modules.${at}.`, read.error));
  }
  if (!policy.success || !post.success || mistakes.length > 0) return err(mistakes);
  return ok({ policy: policy.data, modules, mail: post.data });
}

/** Reads the file, if it is there. */
export function readMfaConfig(path: string): Result<MfaConfig, readonly string[]> {
  try {
    return parseMfaConfig(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return parseMfaConfig(null);
    return err([`it can't be read: ${(error as NodeJS.ErrnoException).code}`]);
  }
}

function mistakesOf(before: string, issues: readonly Mistake[]): string[] {
  return issues.map(({ path, message }) => {
    const where = `${before}${path.map(String).join(".")}`.replace(/\.$/, "");
    return where === "" ? message : `${where}: ${message}`;
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
