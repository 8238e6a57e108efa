import * as z from "zod/mini";
import type { Bytes } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { type Bundle, bundleSchema } from "../../shared/identity/bundle.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { ServerRow } from "../vault/db.ts";
import { openJson, sealJson } from "../vault/sealed-json.ts";
import type { VaultKey } from "../vault/vault-key.ts";
import type { UnheardKit } from "./unheard-kits.ts";

const VERSION = 1;
const key = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** base64url, as it is sent: sent once more it is to the byte the same. */
const requestSchema = z.object({
  sig: key,
  enc: key,
  recovery: key,
  bundle: z.string(),
  ver: z.int(),
  wrappedByPassword: z.string(),
  wrappedByKit: z.string(),
  proof: z.string(),
  newProof: z.string(),
});

const replacementSchema = z.object({
  recoveryKey: z.string(),
  accountKey: key,
  bundle: bundleSchema,
  bundleKey: key,
  request: requestSchema,
});

/**
 * New keys on their way to the server. They are stored before they are sent: whoever never hears whether the server has
 * taken them has those that it knows, whichever these are.
 */
export type Replacement = z.infer<typeof replacementSchema>;

const secretsSchema = z.object({
  version: z.literal(VERSION),
  /** Of the session; null: signed out. */
  token: z.nullable(z.string()),
  /**
   * What the server knows this device by, on which a second factor was shown: sent with the next sign-in, where the server may do
   * without one then. Null: it remembers none; not there: none was shown here.
   */
  device: z.optional(z.nullable(z.string())),
  /**
   * The authenticators that were set up there on this device: of which secret, as a fingerprint of the vault's (never the
   * secret), and whether the person has said that another device has it too.
   */
  authenticators: z.optional(
    z.array(z.object({ factorId: z.string(), fingerprint: z.string(), isElsewhere: z.boolean() })),
  ),
  /** What was done about second factors up to then has been seen here: milliseconds since 1970 UTC, by the server's clock. */
  factorsSeenAt: z.optional(z.number()),
  /** Whether the offer to set up a second factor was put off here. */
  isFactorPutOff: z.optional(z.boolean()),
  loginId: z.string(),
  email: z.string(),
  /** Another one that the server may have been asked to change it to: from before it is asked until it has said which holds. */
  pendingEmail: z.optional(z.string()),
  /** When this device was connected, in milliseconds since 1970 UTC. */
  connectedAt: z.number(),
  /** base64url: the second half of what opens the bundle, beside the password. */
  accountKey: key,
  /** The person's own keys and which groups they are in, as the latest bundle that this device has seen has them. */
  bundle: bundleSchema,
  /** base64url: the key that the bundle is encrypted under. */
  bundleKey: key,
  /** Whether the vault's passphrase was the account's as well when it was last given. */
  hasVaultPassphrase: z.boolean(),
  /**
   * Where it is not, because the vault has got another one since: until when the vault had the one that still counts there,
   * in milliseconds since 1970 UTC.
   */
  formerUntil: z.optional(z.number()),
  /** The recovery key, base64url, until the person has typed it back from their kit; then null, for good. */
  uncheckedKit: z.nullable(z.string()),
  /**
   * A new kit, base64url, that the server may have been asked to take: from before it is asked until it is known that it
   * has. Its recovery key, the account key of that, and what the bundle is encrypted under with it.
   */
  pendingKit: z.optional(z.object({ recoveryKey: z.string(), accountKey: key, bundleKey: key })),
  /** The code that the person came with, if it invites into a group: to be gone on with. */
  invitation: z.nullable(z.string()),
  /** Until it is known whether the server has taken them. */
  replacement: z.optional(replacementSchema),
});

/** What is known of a server that nobody but the person may read. */
export type ServerSecrets = Omit<z.infer<typeof secretsSchema>, "version">;

/**
 * Which passphrase counts at a server, as far as this device knows: that of the vault here; one that the vault has had
 * before; or another one, which was chosen on another device.
 */
export type CountingPassphrase = "vault" | "former" | "other";

export function countingPassphrase(
  secrets: Pick<ServerSecrets, "hasVaultPassphrase" | "formerUntil">,
): CountingPassphrase {
  if (secrets.hasVaultPassphrase) return "vault";
  return secrets.formerUntil === undefined ? "other" : "former";
}

/** The same secrets where that of the vault counts from now on. */
export function withVaultPassphrase({ formerUntil: _, ...secrets }: ServerSecrets): ServerSecrets {
  return { ...secrets, hasVaultPassphrase: true };
}

/** The same with new keys in place, which the server has taken: the kit of them is to be checked. */
export function withReplacement(
  { replacement: _, pendingKit: __, ...secrets }: ServerSecrets,
  { recoveryKey, accountKey, bundle, bundleKey }: Replacement,
): ServerSecrets {
  return { ...secrets, accountKey, bundle, bundleKey, uncheckedKit: recoveryKey };
}

/**
 * The same with a bundle that the server has, unless this device has that one already, or a later one: another page, or the
 * worker, may have been quicker to store what came after it.
 *
 * @param change what else is to be stored with it
 */
export function withBundle(
  before: ServerSecrets,
  bundle: Bundle,
  change: (secrets: ServerSecrets) => ServerSecrets = (secrets) => secrets,
): ServerSecrets {
  return before.bundle.ver >= bundle.ver ? before : { ...change(before), bundle };
}

/** Whether the person has the kit that counts, and no other one may be on its way. */
export function isKitOnPaper({ uncheckedKit, pendingKit, replacement }: ServerSecrets): boolean {
  return uncheckedKit === null && pendingKit === undefined && replacement === undefined;
}

/** The new kits in it that may count at the server, though nobody has heard that they do. */
export function unheardIn({ pendingKit, replacement, bundle }: ServerSecrets, userId: string): UnheardKit[] {
  // Each attempt for a pending kit asks for the bundle after the one that is known.
  const pending = pendingKit && { userId, recoveryKey: pendingKit.recoveryKey, ver: bundle.ver + 1 };
  const replaced = replacement && {
    userId,
    recoveryKey: replacement.recoveryKey,
    ver: replacement.bundle.ver,
  };
  return [pending, replaced].flatMap((kit) => (kit === undefined ? [] : [kit]));
}

/** The same with the address that the server has for the person: whatever it was asked to change is settled by that. */
export function withEmail({ pendingEmail: _, ...secrets }: ServerSecrets, email: string): ServerSecrets {
  return { ...secrets, email };
}

type ServerFacts = Omit<ServerRow, "sealed">;

/** Encrypts it under the vault key, bound to which server of whom it is. */
export async function sealServer(
  key: VaultKey,
  server: ServerFacts,
  secrets: ServerSecrets,
): Promise<ServerRow> {
  const { id, origin, staticKey, userId } = server;
  const sealed = await sealJson(key.rows, { version: VERSION, ...secrets }, serverContext(key, server));
  return { id, origin, staticKey, userId, sealed };
}

/** Opens it. "corrupt": changed, of another vault, or of a shape that this version does not know. */
export async function openServer(key: VaultKey, row: ServerRow): Promise<Result<ServerSecrets, "corrupt">> {
  const json = await openJson(key.rows, row.sealed, serverContext(key, row));
  const parsed = secretsSchema.safeParse(json.ok ? json.value : null);
  if (!parsed.success) return err("corrupt");
  const { version: _, ...secrets } = parsed.data;
  return ok(secrets);
}

function serverContext(key: VaultKey, { id, origin, staticKey, userId }: ServerFacts): Bytes {
  return CTX("local-server", key.vaultId, id, origin, staticKey, userId);
}
