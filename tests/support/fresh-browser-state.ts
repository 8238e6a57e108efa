import { beforeAll, beforeEach } from "vitest";
import { resetFakeApi } from "./fake-extension-api.ts";

// The test files of one run share an origin: what one left in IndexedDB must not be there for the next.
beforeAll(async () => {
  for (const { name } of await indexedDB.databases()) if (name) await deleteDatabase(name);
});

beforeEach(() => resetFakeApi());

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(Error(`the database ${name} is still open`));
  });
}
