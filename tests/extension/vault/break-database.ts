import { vi } from "vitest";
import { db } from "../../../extension/vault/db.ts";

/** Until vi.restoreAllMocks() and mendDatabase() the browser can't open the database, as after a crash of the disk. */
export function breakDatabase(): void {
  db.close({ disableAutoOpen: false });
  vi.spyOn(IDBFactory.prototype, "open").mockImplementation(() => {
    throw new DOMException("Internal error opening backing store for indexedDB.open.", "UnknownError");
  });
}

export function mendDatabase(): void {
  vi.restoreAllMocks();
  db.close({ disableAutoOpen: false });
}
