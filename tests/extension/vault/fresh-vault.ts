import { beforeEach } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import { openRow, type StoredRow } from "../../../extension/vault/stored-row.ts";
import { requireVaultKey } from "../../../extension/vault/vault-key.ts";
import { bytesToHex } from "../../../shared/bytes.ts";

/** Every test of a file that calls this starts without a vault. */
export function startWithoutVault(): void {
  beforeEach(async () => {
    await Promise.all(db.tables.map((table) => table.clear()));
  });
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
