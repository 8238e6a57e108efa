import * as z from "zod/mini";
import type { Bytes } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { db, type RegistrationRow } from "../vault/db.ts";
import { openJson, sealJson } from "../vault/sealed-json.ts";
import type { VaultKey } from "../vault/vault-key.ts";
import { withVaultLock } from "../vault/vault-lock.ts";

const VERSION = 2;
const recoverySchema = z.object({
  version: z.literal(VERSION),
  /** The latest first. */
  kits: z.array(
    z.object({
      /** base64url. */
      recoveryKey: z.string(),
      /** The `ver` of the latest bundle that a server was asked to put in place with it. */
      ver: z.int(),
      /** Whose it is. A row from before this was written down does not say. */
      userId: z.optional(z.string()),
    }),
  ),
});

/** A new recovery key that may count at a server, though nobody has heard that it does, and nobody has it on paper. */
export type UnheardKit = z.infer<typeof recoverySchema>["kits"][number];

/**
 * The unheard kits of a server, the latest first. Each is stored before the request that puts it in place: whoever never
 * hears the answer would be shut out for good otherwise.
 */
export async function readUnheardKits(key: VaultKey, serverId: string): Promise<readonly UnheardKit[]> {
  const row = await db.registrations.get(idOf(serverId));
  if (row === undefined) return [];
  const json = await openJson(key.rows, row.sealed, contextOf(key, serverId));
  const parsed = recoverySchema.safeParse(json.ok ? json.value : null);
  return parsed.success ? parsed.data.kits : [];
}

/** Changes what is stored of them, with nobody else writing in between. */
export function changeUnheardKits(
  key: VaultKey,
  serverId: string,
  change: (kits: readonly UnheardKit[]) => readonly UnheardKit[],
): Promise<void> {
  return withVaultLock(async () => {
    const row = await sealUnheardKits(key, serverId, change(await readUnheardKits(key, serverId)));
    await (row === null ? db.registrations.delete(idOf(serverId)) : db.registrations.put(row));
  });
}

/** The row of these kits; null where there are none. */
export async function sealUnheardKits(
  key: VaultKey,
  serverId: string,
  kits: readonly UnheardKit[],
): Promise<RegistrationRow | null> {
  if (kits.length === 0) return null;
  const sealed = await sealJson(key.rows, { version: VERSION, kits }, contextOf(key, serverId));
  return { id: idOf(serverId), sealed };
}

/** With one that is asked to be put in place now. A kit that was asked for before stands there once. */
export function withUnheardKit(kits: readonly UnheardKit[], kit: UnheardKit): readonly UnheardKit[] {
  const earlier = kits.find(({ recoveryKey }) => recoveryKey === kit.recoveryKey);
  const others = kits.filter((each) => each !== earlier);
  return [{ ...kit, ver: Math.max(kit.ver, earlier?.ver ?? 0) }, ...others];
}

/**
 * What may still count once a server was heard: it has shown a bundle of somebody's, of this `ver`, that a certain kit opens. A
 * kit of theirs that was sent with that `ver` or an earlier one does not, and never will: the server takes each `ver` once. One
 * that was sent with a later one may still be on its way; one of another person's says nothing here, nor does one of which it
 * is not known whose it is.
 */
export function stillUnheard(
  kits: readonly UnheardKit[],
  heard: { readonly userId: string; readonly recoveryKey: string | null; readonly ver: number },
): readonly UnheardKit[] {
  return kits.filter(({ recoveryKey, userId, ver }) => {
    const isOver = userId === heard.userId && ver <= heard.ver;
    return recoveryKey !== heard.recoveryKey && !isOver;
  });
}

/** Those that may be somebody's. */
export function unheardOf(kits: readonly UnheardKit[], userId: string): readonly UnheardKit[] {
  return kits.filter((kit) => kit.userId === undefined || kit.userId === userId);
}

/** Beside what was begun for registering there. No id of a server has a blank. */
function idOf(serverId: string): string {
  return `recovery ${serverId}`;
}

function contextOf(key: VaultKey, serverId: string): Bytes {
  return CTX("local-recovery", key.vaultId, serverId);
}
