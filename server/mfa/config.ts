import { readFileSync } from "node:fs";
import * as z from "zod/mini";
import { err, ok, type Result } from "../../shared/result.ts";
import type { MfaModule, Site } from "./module.ts";
import { type MailSettings, mailSettings } from "./notices/mailer.ts";
import { type AnyKind, IN_WORDS, KINDS, type Mistake } from "./registry.ts";

const policySchema = z.strictObject({
  required: z._default(z.enum(["nobody", "administrators", "everybody"]), "nobody"),
  graceDays: z._default(z.int().check(z.gte(0), z.lte(365)), 7),
  ask: z._default(
    z.union(
      [
        z.enum(["always", "new-device", "new-network"]),
        z.strictObject({ days: z.int().check(z.gte(1), z.lte(365)) }),
      ],
      { error: 'it must be "always", "new-device", "new-network" or { "days": N }, with N from 1 to 365' },
    ),
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
  readonly make: (site: Site) => MfaModule | null;
};

export type MfaConfig = {
  readonly policy: MfaPolicy;
  readonly modules: readonly ModuleSettings[];
  /** The server that mail is handed to; null: none is sent. */
  readonly mail: MailSettings | null;
};

/** Where nothing is configured: what needs nothing but the server itself. */
const DEFAULT_MODULES = [{ kind: "webauthn" }, { kind: "totp" }, { kind: "recovery" }];

const address = z
  .string()
  .check(z.regex(/^[^\s@]+@[^\s@]+$/, { error: "that is no address: name people as in alice@example.com" }));

const fileSchema = z.looseObject({
  modules: z._default(
    z.array(z.looseObject({ kind: z.string(), onlyFor: z.optional(z.array(address).check(z.minLength(1))) })),
    DEFAULT_MODULES,
  ),
  mail: z.optional(z.unknown()),
});

/**
 * Reads what a server's mfa.json says. Every mistake is named, not only the first.
 *
 * @param text null: there is no such file, and what is said of each setting when it is left out holds
 * @param kinds those that there are, by the names that the file knows them by
 */
export function parseMfaConfig(
  text: string | null,
  kinds: Readonly<Record<string, AnyKind>> = KINDS,
): Result<MfaConfig, readonly string[]> {
  const json = text === null ? {} : jsonOf(text);
  if (json instanceof SyntaxError) return err([`it is not JSON${placeIn(json)}`]);
  const file = fileSchema.safeParse(json, IN_WORDS);
  if (!file.success) return err(mistakesOf("", file.error.issues));
  const { modules: listed, mail, ...said } = file.data;
  const policy = policySchema.safeParse(said, IN_WORDS);
  const mistakes = policy.success ? [] : [...mistakesOf("", policy.error.issues)];
  const post = z.nullable(mailSettings).safeParse(mail ?? null, IN_WORDS);
  if (!post.success) mistakes.push(...mistakesOf("mail.", post.error.issues));
  const modules: ModuleSettings[] = [];
  for (const [at, { kind, onlyFor, ...rest }] of listed.entries()) {
    const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (known === undefined) {
      const all = Object.keys(kinds).join(", ");
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

/**
 * Reads the file, if it is there.
 *
 * @param at.isMfaFileNamed it has to be: whoever wrote a policy would otherwise have none, and not know
 */
export function readMfaConfig(at: {
  readonly mfaFile: string;
  readonly isMfaFileNamed: boolean;
}): Result<MfaConfig, readonly string[]> {
  try {
    return parseMfaConfig(readFileSync(at.mfaFile, "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT") return err([`it can't be read: ${code}`]);
    return at.isMfaFileNamed
      ? err(["there is no such file, and COUNTERSIGN_MFA names it"])
      : parseMfaConfig(null);
  }
}

function mistakesOf(before: string, issues: readonly Mistake[]): string[] {
  return issues.map(({ path, message }) => {
    const where = `${before}${path.map(String).join(".")}`.replace(/\.$/, "");
    return where === "" ? message : `${where}: ${message}`;
  });
}

/** @returns why not, where it is no JSON */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

/** Where it stops being JSON, if that is known; never what stands there, which may be secret. */
function placeIn({ message }: SyntaxError): string {
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  return line === undefined ? "" : `: look at line ${line}, column ${column}`;
}
