import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, it, vi } from "vitest";
import { type OpenedEntries, useOpenedEntries } from "../../../extension/screens/use-list.ts";
import { addEntries, changeEntry, readEntries, readIndex } from "../../../extension/vault/entries.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

startWithoutVault();

it("never keeps the old secret of a row, even if the list is scrolled while the change is being read", async () => {
  await createVault();
  const [a = "", b = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
  const place = document.createElement("div");
  const initial = await readEntries([a]);
  let opened: OpenedEntries = new Map();
  function List({ ids, rows }: { ids: string[]; rows: Awaited<ReturnType<typeof readIndex>> }) {
    opened = useOpenedEntries(ids, rows, initial);
    return null;
  }
  const before = await readIndex();
  await act(() => render(<List ids={[a]} rows={before} />, place));
  await changeEntry(a, { secret: "MFRGGZDFMZTWQ2LK" });
  const after = await readIndex();
  void act(() => render(<List ids={[a]} rows={after} />, place));
  void act(() => render(<List ids={[a, b]} rows={after} />, place));
  await vi.waitFor(() => expect(opened.has(b)).toBe(true));
  expect(opened.get(a)).toMatchObject({ ok: true, value: { secret: "MFRGGZDFMZTWQ2LK" } });
  render(null, place);
});
