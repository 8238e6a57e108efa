import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadFirstView } from "../../../extension/entrypoints/popup/first-view.ts";
import { Popup } from "../../../extension/entrypoints/popup/popup.tsx";
import { leaveIntent, takeIntent } from "../../../extension/intents/intent.ts";
import { DEFAULT_PREFERENCES } from "../../../extension/preferences/preferences.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { fakeTab, topFrame } from "../autofill/fake-tab.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

const SCAN = { kind: "scan", tabId: 7, windowId: 1, target: null } as const;

startWithoutVault();
beforeEach(() => {
  fakeApi.answer("tabs.get", () => ({ id: 7, windowId: 1, url: "https://login.bank.example/" }));
});
afterEach(() => act(() => render(null, document.body)));

/** @returns the id of the one account */
async function open(surface: "popup" | "window"): Promise<string> {
  await createVault();
  const [id = ""] = await addEntries([draft(1, { sites: ["login.bank.example"] })], { now: 1 });
  const firstView = await loadFirstView(null, "usage", surface === "window");
  const popup = (
    <Popup surface={surface} firstView={firstView} intent={null} preferences={DEFAULT_PREFERENCES} />
  );
  await act(() => render(popup, document.body));
  return id;
}
const toast = () => document.querySelector(".toast")?.textContent;
const title = () => document.querySelector("h1")?.textContent;

describe("what was asked for by menu or key", () => {
  it("is done by an open popup", async () => {
    await open("popup");
    await leaveIntent({ ...SCAN, at: Date.now() });
    await vi.waitFor(() => expect(title()).toMatch(/scan/i));
  });

  it("is done by a popup that was just about to open when it came", async () => {
    await leaveIntent({ ...SCAN, at: Date.now() });
    await open("popup");
    await vi.waitFor(() => expect(title()).toMatch(/scan/i));
  });

  it("is not taken by a window that was left open, since a popup of its own opens for it", async () => {
    await open("window");
    await leaveIntent({ ...SCAN, at: Date.now() });
    await new Promise((done) => setTimeout(done, 200));
    expect(title()).not.toMatch(/scan/i);
    expect(await takeIntent(Date.now())).toMatchObject({ kind: "scan" });
  });
});

describe("a second code that was not filled", () => {
  it("is said, and nothing is filled before somebody asks for both anew", async () => {
    const filled = fakeTab([topFrame()]);
    const entryId = await open("popup");
    await leaveIntent({
      kind: "second-code",
      tabId: 7,
      windowId: 1,
      at: Date.now(),
      entryId,
      frameId: 0,
      target: "detected",
      why: "did-not-stick",
    });
    await vi.waitFor(() => expect(toast()).toContain("The page did not keep the second code."));
    expect(filled).toEqual([]);
    await act(() => document.querySelector<HTMLButtonElement>(".toast button")?.click());
    await vi.waitFor(() => expect(filled).toHaveLength(1));
  });
});
