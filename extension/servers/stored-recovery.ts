import * as z from "zod/mini";
import { type Bytes, bytesToBase64url } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { db } from "../vault/db.ts";
import { openJson, sealJson } from "../vault/sealed-json.ts";
import type { VaultKey } from "../vault/vault-key.ts";
import { storedBytes } from "./stored-bytes.ts";

const VERSION = 1;
const recoverySchema = z.object({
  version: z.literal(VERSION),
  /** base64url, the latest first. */
  recoveryKeys: z.array(z.string()),
});

/**
 * The new recovery keys of recoveries at a server of which it is not known whether they came about, the latest first. Each
 * is stored before the request that puts it in place: whoever never hears the answer would be shut out for good otherwise.
 */
export async function readRecoveries(key: VaultKey, serverId: string): Promise<readonly Bytes[]> {
  const row = await db.registrations.get(idOf(serverId));
  if (row === undefined) return [];
  const json = await openJson(key.rows, row.sealed, contextOf(key, serverId));
  const parsed = recoverySchema.safeParse(json.ok ? json.value : null);
  return parsed.success ? parsed.data.recoveryKeys.map(storedBytes) : [];
}

/** Puts these in the place of what was stored; none: nothing stays. */
export async function storeRecoveries(
  key: VaultKey,
  serverId: string,
  recoveryKeys: readonly Bytes[],
): Promise<void> {
  if (recoveryKeys.length === 0) return db.registrations.delete(idOf(serverId));
  const value = { version: VERSION, recoveryKeys: recoveryKeys.map(bytesToBase64url) };
  const sealed = await sealJson(key.rows, value, contextOf(key, serverId));
  await db.registrations.put({ id: idOf(serverId), sealed });
}

/** Beside what was begun for registering there. No id of a server has a blank. */
function idOf(serverId: string): string {
  return `recovery ${serverId}`;
}

function contextOf(key: VaultKey, serverId: string): Bytes {
  return CTX("local-recovery", key.vaultId, serverId);
}
