import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Page } from "../../../extension/entrypoints/page/page.tsx";
import { loadFirstView } from "../../../extension/entrypoints/popup/first-view.ts";
import { Popup } from "../../../extension/entrypoints/popup/popup.tsx";
import { DEFAULT_PREFERENCES } from "../../../extension/preferences/preferences.ts";
import { t } from "../../../extension/ui/i18n.ts";
import { db } from "../../../extension/vault/db.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { vaultState } from "../../../extension/vault/state.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { breakDatabase, mendDatabase } from "../vault/break-database.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

startWithoutVault();
afterEach(async () => {
  await act(() => render(null, document.body));
  location.hash = "";
  mendDatabase();
});

async function openPopup(): Promise<void> {
  const firstView = await loadFirstView(null, "usage", false);
  const popup = (
    <Popup surface="popup" firstView={firstView} intent={null} preferences={DEFAULT_PREFERENCES} />
  );
  await act(() => render(popup, document.body));
}
async function openPage(hash: string): Promise<void> {
  location.hash = hash;
  const vault = await vaultState();
  await act(() => render(<Page preferences={DEFAULT_PREFERENCES} vault={vault} />, document.body));
}
const text = () => document.body.textContent ?? "";
function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name);
  if (!found) throw Error(`no button ${name}`);
  return found;
}

const HARMS: readonly ["device-key-lost" | "database" | "newer-version", () => Promise<unknown>][] = [
  ["device-key-lost", () => db.slots.update("device", { sealed: new Uint8Array(60) } as never)],
  ["newer-version", () => db.vault.update("vault", { contentsVersion: 99 })],
  ["database", async () => breakDatabase()],
];

describe("a vault that nobody can open", () => {
  it.each(HARMS)("is explained in the popup: %s", async (why, harm) => {
    await createVault();
    await harm();
    await openPopup();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(text()).toContain(t(`unopenable.${why}`));
    expect(text()).toContain(t(`unopenable.next.${why}`));
    expect(text()).toContain(t("unopenable.nothing-deleted"));
    expect(document.querySelector("input"), "nothing can be typed or added").toBeNull();
  });

  it.each(HARMS)("is explained on every section of the page: %s", async (why, harm) => {
    await createVault();
    await harm();
    for (const section of ["image", "trash", "backup", "settings"]) {
      await openPage(`#/${section}`);
      expect(text(), section).toContain(t(`unopenable.${why}`));
      expect(text(), section).not.toContain(t("trash.empty"));
      expect(text(), section).not.toContain(t("protect.why"));
      await act(() => render(null, document.body));
    }
  });

  it("leads from the popup to where the codes of a backup can be seen", async () => {
    await createVault();
    await db.slots.clear();
    await openPopup();
    await act(() => button(t("page.backup")).click());
    await vi.waitFor(() =>
      expect(JSON.stringify(fakeApi.callsOf("tabs.create"))).toContain("page.html#/backup"),
    );
    await openPage("#/backup");
    expect(text()).toContain(t("restore.choose"));
    expect(text()).not.toContain(t("backup.write-why"));
  });
});

describe("a vault whose rows the browser can't read", () => {
  const breakIndex = () => {
    const table = Object.getPrototypeOf(db.index) as { toArray: () => Promise<unknown> };
    const { toArray } = table;
    vi.spyOn(table, "toArray").mockImplementation(function (this: { name: string }) {
      if (this.name !== "index") return toArray.call(this);
      return Promise.reject(new DOMException("Failed to read large IndexedDB value", "DataError"));
    });
  };

  it("never looks like an empty one", async () => {
    await createVault();
    await addEntries([draft(1)], { now: 1 });
    const firstView = await loadFirstView(null, "usage", false);
    breakIndex();
    const popup = (
      <Popup
        surface="popup"
        firstView={{ ...firstView, rows: [] }}
        intent={null}
        preferences={DEFAULT_PREFERENCES}
      />
    );
    await act(() => render(popup, document.body));
    await vi.waitFor(() => expect(text()).toContain(t("unopenable.database")));
    expect((await loadFirstView(null, "usage", false)).vault).toEqual({
      kind: "unopenable",
      why: "database",
    });
  });
});
