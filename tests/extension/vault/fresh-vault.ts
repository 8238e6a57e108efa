import { beforeEach } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import { findExisting } from "../../../extension/vault/find-existing.ts";
import { openRow, type StoredRow } from "../../../extension/vault/stored-row.ts";
import { requireVaultKey } from "../../../extension/vault/vault-key.ts";
import { bytesToHex } from "../../../shared/bytes.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";
import { browser } from "../../support/fake-extension-api.ts";

/** Every test of a file that calls this starts without a vault. */
export function startWithoutVault(): void {
  beforeEach(async () => {
    await Promise.all(db.tables.map((table) => table.clear()));
  });
}

/**
 * Keeps what is stored as it stands, for tests that begin with the same vault: making one anew takes the time of each
 * passphrase's key derivation. @returns what puts it back
 */
export async function keepStored(): Promise<() => Promise<void>> {
  const tables = await Promise.all(db.tables.map(async (table) => [table, await table.toArray()] as const));
  const areas = [browser.storage.session, browser.storage.local].map((area) => [area, area.dump()] as const);
  return async () => {
    for (const [table, rows] of tables) {
      await table.clear();
      await table.bulkPut(rows);
    }
    for (const [area, items] of areas) {
      const parsed = Object.entries(items).map(([key, json]) => [key, JSON.parse(json)]);
      await area.set(Object.fromEntries(parsed));
    }
  };
}

/** The entry with that very secret, or null. */
export async function findSame(draft: EntryDraft): Promise<string | null> {
  const [found] = await findExisting([draft]);
  return found?.kind === "same" ? found.row.id : null;
}

/** Everything in the database, as text that is equal only if every byte is. */
export async function dumpDatabase(): Promise<string> {
  const tables = await Promise.all(db.tables.map(async (table) => [table.name, await table.toArray()]));
  return JSON.stringify(tables, (_, value: unknown) => {
    if (value instanceof Uint8Array) return bytesToHex(value);
    return value instanceof CryptoKey ? "a CryptoKey" : value;
  });
}

/** What the entries themselves hold, by id, without asking the index. */
export async function readRows(): Promise<Map<string, StoredRow>> {
  const key = await requireVaultKey();
  const rows = await Promise.all(
    (await db.entries.toArray()).map(async (sealed) => {
      const row = await openRow(key, sealed);
      if (!row.ok) throw Error(`entry ${sealed.id} is ${row.error}`);
      return [sealed.id, row.value] as const;
    }),
  );
  return new Map(rows);
}
