import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import { MAX_BACKUP_BYTES } from "../../../extension/backup/read-backup-file.ts";
import { BackupPage } from "../../../extension/entrypoints/page/backup.tsx";
import { t } from "../../../extension/ui/i18n.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

const UNLOCKED = { kind: "unlocked", protection: "device", lockAt: null } as const;

startWithoutVault();
afterEach(() => act(() => render(null, document.body)));

async function open(): Promise<void> {
  await createVault();
  await addEntries([draft(1)], { now: 1 });
  await act(() => render(<BackupPage vault={UNLOCKED} say={() => {}} />, document.body));
}

describe("the page of backups", () => {
  it("says that a file is too large, and lets another be chosen", async () => {
    await open();
    const input = document.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) throw Error("no field for a file");
    const file = new File([], "film.age");
    Object.defineProperty(file, "size", { value: MAX_BACKUP_BYTES + 1 });
    Object.defineProperty(input, "files", { value: [file], configurable: true });
    await act(() => void input.dispatchEvent(new Event("change", { bubbles: true })));
    await vi.waitFor(() =>
      expect(document.querySelector("[role=alert]")?.textContent).toBe(t("restore.refused.too-large")),
    );
    expect(document.querySelector("input[type=file]")).not.toBeNull();
  });
});
