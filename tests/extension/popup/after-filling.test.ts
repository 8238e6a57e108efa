import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { copiedItem } from "../../../extension/clipboard/copied-code.ts";
import { afterFilling } from "../../../extension/entrypoints/popup/after-filling.ts";
import { changePreferences, readPreferences } from "../../../extension/preferences/preferences.ts";
import type { ToastContent } from "../../../extension/ui/toast.tsx";
import { addEntries, readEntry, readIndex } from "../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { codeAt } from "../../../shared/otp/code.ts";
import { browser, fakeApi } from "../../support/fake-extension-api.ts";
import { draft, hotpDraft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

startWithoutVault();

const FILLED = { kind: "filled", host: "site.example", more: null } as const;
let said: ToastContent[] = [];
let written: string[] = [];
const say = (content: ToastContent) => void said.push(content);

beforeEach(() => {
  [said, written] = [[], []];
  vi.spyOn(window, "close").mockImplementation(() => {});
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation(async (text) => void written.push(text));
});
afterEach(() => vi.restoreAllMocks());

test("a code that was filled is not copied unless that was asked for", async () => {
  await createVault();
  const [id = ""] = await addEntries([draft(1)], { now: 1 });
  await afterFilling(FILLED, id, "press", say, null);
  expect(written).toEqual([]);
  expect(said).toEqual([{ tone: "done", sentence: "Filled in at site.example." }]);
  await vi.waitFor(() => expect(window.close).toHaveBeenCalledOnce());
});

test("what is to be said of the code stands beside it", async () => {
  await createVault();
  const [id = ""] = await addEntries([hotpDraft(1, 5)], { now: 1 });
  await afterFilling(FILLED, id, "press", say, "Somebody else may use it.");
  expect(said).toEqual([{ tone: "warn", sentence: "Filled in at site.example. Somebody else may use it." }]);
});

test("where it was asked for it is copied, said to be, counted once, and cleared like any other", async () => {
  await createVault();
  const [id = ""] = await addEntries([draft(1, { period: 86_400 })], { now: 1 });
  await changePreferences({ copyAfterFilling: true });
  fakeApi.answer("permissions.contains", () => true);
  await afterFilling(FILLED, id, "press", say, null);
  const code = codeAt(draft(1, { period: 86_400 }), Date.now());
  expect(written).toEqual([code.ok && code.value]);
  expect(said).toEqual([{ tone: "done", sentence: "Filled in at site.example. It is copied, too." }]);
  expect(await copiedItem.get()).not.toBeNull();
  expect(await readIndex()).toMatchObject([{ uses: 0 }]);
});

test("a counter moves once for a code that is filled and copied", async () => {
  await createVault();
  const [id = ""] = await addEntries([hotpDraft(1, 5)], { now: 1 });
  await changePreferences({ copyAfterFilling: true });
  const filled = await advanceHotp(id, "press");
  await afterFilling(FILLED, id, "press", say, null);
  expect(written).toEqual([filled.ok && filled.value.code]);
  expect(await readEntry(id)).toMatchObject({ value: { counter: 6 } });
});

test("a copy that the browser refuses is said, and the popup stays to be read", async () => {
  await createVault();
  const [id = ""] = await addEntries([draft(1)], { now: 1 });
  await changePreferences({ copyAfterFilling: true });
  vi.mocked(navigator.clipboard.writeText).mockRejectedValue(new DOMException("", "NotAllowedError"));
  vi.spyOn(document, "execCommand").mockReturnValue(false);
  await afterFilling(FILLED, id, "press", say, null);
  expect(said).toEqual([
    {
      tone: "warn",
      sentence: "Filled in at site.example. The browser did not let it be copied as well.",
    },
  ]);
  expect(window.close).not.toHaveBeenCalled();
});

test("preferences that an earlier version stored are kept", async () => {
  await browser.storage.local.set({ preferences: { theme: "dark", language: "zh-CN", sortBy: "hand" } });
  expect(await readPreferences()).toEqual({
    theme: "dark",
    language: "zh-CN",
    sortBy: "hand",
    copyAfterFilling: false,
  });
});
