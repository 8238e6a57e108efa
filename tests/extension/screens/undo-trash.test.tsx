import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useEntryCommands } from "../../../extension/screens/use-entry-commands.ts";
import { t } from "../../../extension/ui/i18n.ts";
import type { ToastContent } from "../../../extension/ui/toast.tsx";
import { addEntries, readIndex } from "../../../extension/vault/entries.ts";
import type { IndexRow } from "../../../extension/vault/index-row.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { deleteFromTrash } from "../../../extension/vault/trash.ts";
import { createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { draft } from "../vault/drafts.ts";
import { failWritesFrom } from "../vault/failing-store.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

/** Taking one account back out of the trash says what became of it. */
startWithoutVault();
let said: ToastContent[] = [];
let commands: ReturnType<typeof useEntryCommands> | null = null;

function List({ rows }: { rows: readonly IndexRow[] }) {
  commands = useEntryCommands({
    rows,
    siteIds: new Set(),
    siteHost: null,
    hostOfUse: () => null,
    sortBy: "usage",
    say: (content) => void said.push(content),
  });
  return null;
}

beforeEach(async () => {
  said = [];
  await createVaultWithPassphrase("alice keeps four random words");
  await addEntries([draft(1)], { now: 1 });
  const [row] = await readIndex();
  if (!row) throw Error("nothing was kept");
  await act(() => render(<List rows={[row]} />, document.body));
  await commands?.trash(row);
  expect(said.map(({ tone }) => tone)).toEqual(["done"]);
});
afterEach(() => act(() => render(null, document.body)));

const undo = () => said[0]?.action?.onChoose();
const next = () => vi.waitFor(() => expect(said).toHaveLength(2)).then(() => said[1]);
const deletedAt = async () => (await readIndex()).map((row) => row.deletedAt);

test("it is back", async () => {
  undo();
  expect(await next()).toMatchObject({ tone: "done", sentence: t("trash.restored") });
  expect(await deletedAt()).toEqual([null]);
});

test("on a full disk it says so, and can be taken back later on", async () => {
  const disk = failWritesFrom(1);
  undo();
  expect(await next()).toEqual({ tone: "warn", sentence: t("keep.failed") });
  disk.stop();
  undo();
  await vi.waitFor(async () => expect(await deletedAt()).toEqual([null]));
});

test("one that was deleted for ever meanwhile is not said to be back", async () => {
  const ids = (await readIndex()).map(({ id }) => id);
  await deleteFromTrash(ids);
  undo();
  expect(await next()).toEqual({ tone: "warn", sentence: t("read.not-found") });
});

test("a vault that was locked meanwhile is not said to have it back", async () => {
  await lock("by-hand");
  undo();
  // The lock screen says it: there is no event to wait for.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(said).toHaveLength(1);
});
