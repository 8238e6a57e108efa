import { liveQuery } from "dexie";
import { type Bytes, base64urlToBytes } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { forgetPasskey } from "../platform/passkey-prompt.ts";
import { db, type VaultRow } from "./db.ts";
import { openPasskeyName, type PasskeySlot, readPasskeySlot, sealPasskeyName } from "./passkey-slot.ts";
import { openVaultKey, requireVaultKey } from "./vault-key.ts";
import { withVaultLock } from "./vault-lock.ts";

/** A passkey as the settings list it. */
export type Passkey = {
  /** Of its slot. */
  readonly id: PasskeySlot["id"];
  /** null: its slot is damaged or of a newer version. */
  readonly madeAt: number | null;
  /** null: it can't be read. */
  readonly name: string | null;
};

export type StoredPasskeys = {
  readonly vault: VaultRow;
  readonly slots: readonly {
    readonly id: PasskeySlot["id"];
    readonly slot: Result<PasskeySlot, "corrupt" | "newer-version">;
  }[];
};

const PREFIX = "passkey/";

/** The slots of all passkeys as the database has them; null: there is no vault. */
export async function readPasskeySlots(): Promise<StoredPasskeys | null> {
  const [vault, rows] = await db.transaction("r", [db.vault, db.slots], () =>
    Promise.all([db.vault.get("vault"), db.slots.where("id").startsWith(PREFIX).toArray()]),
  );
  if (vault === undefined) return null;
  const slots = rows.map((row) => ({
    id: row.id as PasskeySlot["id"],
    slot: readPasskeySlot(row, vault),
  }));
  return { vault, slots };
}

/**
 * Calls back with the passkeys at once, oldest first, and then whenever they change. Their names are read under the
 * vault key: while the vault is locked, nothing is said.
 *
 * @returns stops watching
 */
export function watchPasskeys(onPasskeys: (passkeys: readonly Passkey[]) => void): () => void {
  let stopped = false;
  let asked = 0;
  const look = async () => {
    const asking = ++asked;
    const passkeys = await readPasskeys();
    if (passkeys !== null && !stopped && asking === asked) onPasskeys(passkeys);
  };
  // What can't be read at all, the page says as a state of the vault.
  const rows = liveQuery(() => db.slots.toArray()).subscribe({ next: () => void look(), error: () => {} });
  return () => {
    stopped = true;
    rows.unsubscribe();
  };
}

async function readPasskeys(): Promise<Passkey[] | null> {
  const [key, stored] = await Promise.all([openVaultKey(), readPasskeySlots()]);
  if (!key.ok || stored === null) return null;
  const passkeys = await Promise.all(
    stored.slots.map(async ({ id, slot }): Promise<Passkey> => {
      if (!slot.ok) return { id, madeAt: null, name: null };
      return { id, madeAt: slot.value.madeAt, name: await openPasskeyName(key.value, slot.value) };
    }),
  );
  return passkeys.sort((a, b) => (a.madeAt ?? 0) - (b.madeAt ?? 0));
}

/** Gives a passkey another name. Throws VaultLockedError. "not-found": it was removed, or its slot can't be read. */
export async function renamePasskey(id: Passkey["id"], name: string): Promise<Result<void, "not-found">> {
  const key = await requireVaultKey();
  const found = (await readPasskeySlots())?.slots.find((each) => each.id === id);
  if (!found?.slot.ok) return err("not-found");
  const slot = found.slot.value;
  const next: PasskeySlot = { ...slot, sealedName: await sealPasskeyName(key, slot.credentialId, name) };
  const written = await withVaultLock(() =>
    db.transaction("rw", [db.slots], async () => {
      // One that was removed meanwhile doesn't come back.
      if ((await db.slots.get(id)) === undefined) return false;
      await db.slots.put(next);
      return true;
    }),
  );
  return written ? ok(undefined) : err("not-found");
}

/**
 * The credentials that the slots here belong to, damaged ones too. May be asked for within a transaction.
 *
 * @returns credential ids as their authenticators gave them
 */
export async function passkeyCredentials(): Promise<Bytes[]> {
  const ids = await db.slots.where("id").startsWith(PREFIX).primaryKeys();
  return ids.flatMap((id) => credentialOf(id) ?? []);
}

/** Removes a passkey: it opens this vault no more, and the browser is told. The passphrase stays. */
export async function removePasskey(id: Passkey["id"]): Promise<void> {
  await withVaultLock(() => db.slots.delete(id));
  const credentialId = credentialOf(id);
  if (credentialId) await forgetPasskey(credentialId);
}

/** What a slot's id names; null where that is damaged. */
function credentialOf(slotId: string): Bytes | null {
  const credentialId = base64urlToBytes(slotId.slice(PREFIX.length));
  return credentialId.ok ? credentialId.value : null;
}
