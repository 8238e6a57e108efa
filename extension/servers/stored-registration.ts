import * as z from "zod/mini";
import type { Bytes } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { db, type RegistrationRow } from "../vault/db.ts";
import { openJson, sealJson } from "../vault/sealed-json.ts";
import type { VaultKey } from "../vault/vault-key.ts";

const VERSION = 1;
const key = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

const registrationSchema = z.object({
  version: z.literal(VERSION),
  /** With which the server was last asked to make the user. */
  email: z.string(),
  /** base64url. */
  recoveryKey: z.string(),
  signingSeed: key,
  openingSecret: key,
});

/**
 * The keys of somebody who is being registered. They are stored before the request that makes the user: whoever makes the
 * user and never hears of it finds them again, and no user is ever without their keys.
 */
export type Registration = Omit<z.infer<typeof registrationSchema>, "version">;

/** What was begun at a server; null where nothing was, or it can't be read. */
export async function readRegistration(key: VaultKey, serverId: string): Promise<Registration | null> {
  const row = await db.registrations.get(serverId);
  if (row === undefined) return null;
  const json = await openJson(key.rows, row.sealed, registrationContext(key, serverId));
  const parsed = registrationSchema.safeParse(json.ok ? json.value : null);
  if (!parsed.success) return null;
  const { version: _, ...registration } = parsed.data;
  return registration;
}

/** Encrypts it under the vault key. */
export async function sealRegistration(
  key: VaultKey,
  serverId: string,
  registration: Registration,
): Promise<RegistrationRow> {
  const value = { version: VERSION, ...registration };
  return { id: serverId, sealed: await sealJson(key.rows, value, registrationContext(key, serverId)) };
}

function registrationContext(key: VaultKey, serverId: string): Bytes {
  return CTX("local-registration", key.vaultId, serverId);
}
