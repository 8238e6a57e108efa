import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WaysBack } from "../../../extension/entrypoints/page/data/ways-back.tsx";
import { addMessages, t } from "../../../extension/ui/i18n.ts";
import { BACKUP_MESSAGES } from "../../../extension/ui/messages/backup.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { deleteFromTrash, moveToTrash } from "../../../extension/vault/trash.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { waysBack } from "../../../extension/vault/ways-back.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

const UNLOCKED = { kind: "unlocked", protection: "device", lockAt: null } as const;

startWithoutVault();
beforeEach(() => addMessages(BACKUP_MESSAGES));
afterEach(() => act(() => render(null, document.body)));

const button = (name: string) =>
  [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name);
const press = async (name: string) => {
  await expect.poll(() => button(name)).toBeDefined();
  await act(() => button(name)?.click());
};

it("a way back is deleted only after a question, which a second press on the same place does not answer", async () => {
  await createVault();
  const ids = await addEntries([draft(1)], { now: 1 });
  await moveToTrash(ids, Date.now());
  await deleteFromTrash(ids, Date.now());
  await act(() => render(<WaysBack vault={UNLOCKED} say={() => {}} />, document.body));
  await press(t("ways-back.look"));
  await expect.poll(() => button(t("ways-back.forget"))).toBeDefined();
  const first = button(t("ways-back.forget"));
  await act(() => first?.click());
  await act(() => first?.click());
  expect(document.body.textContent).toContain(t("ways-back.forget-question"));
  expect(await waysBack()).toHaveLength(1);
  await press(t("action.cancel"));
  expect(button(t("ways-back.go"))).toBeDefined();
  await press(t("ways-back.forget"));
  await press(t("ways-back.forget-sure"));
  await expect.poll(() => waysBack()).toEqual([]);
});
