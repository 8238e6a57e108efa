import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addAutoSite, readAutoSites } from "../../../extension/autofill/auto-sites.ts";
import { SameSecret } from "../../../extension/entrypoints/page/duplicates/same-secret.tsx";
import { Review } from "../../../extension/screens/review.tsx";
import { t } from "../../../extension/ui/i18n.ts";
import type { ToastContent } from "../../../extension/ui/toast.tsx";
import { addEntries, readIndex } from "../../../extension/vault/entries.ts";
import { vaultState } from "../../../extension/vault/state.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

const ORIGIN = "https://harbour.example";
const names = { issuer: "Harbour", account: "alice@example.com", sites: ["harbour.example"] };

startWithoutVault();
beforeEach(() => createVault());
afterEach(() => act(() => render(null, document.body)));

const accountOfSite = async () => (await readAutoSites())[0]?.entryId;
async function press(name: string): Promise<void> {
  const button = await vi.waitFor(() => {
    const found = [...document.querySelectorAll("button")].find(
      ({ textContent, disabled }) => textContent === name && !disabled,
    );
    if (!found) throw Error(`no button ${name}`);
    return found;
  });
  await act(() => button.click());
}

describe("a site that fills by itself", () => {
  it("follows its account to the new key that takes its place", async () => {
    const [old = ""] = await addEntries([draft(1, names)], { now: 1 });
    await addAutoSite(ORIGIN, old, 1);
    const onKept = vi.fn();
    const items = [{ draft: draft(2, names), notices: [] }];
    const vault = await vaultState();
    await act(() =>
      render(<Review items={items} vault={vault} onKept={onKept} onCancel={() => {}} />, document.body),
    );
    await press(t("keep.replace"));
    await vi.waitFor(() => expect(onKept).toHaveBeenCalled());
    const fresh = (await readIndex()).find(({ deletedAt }) => deletedAt === null);
    expect(fresh?.id).not.toBe(old);
    expect(await accountOfSite()).toBe(fresh?.id);
  });

  it("follows its account into the one it is merged with, and back again", async () => {
    const [kept = "", merged = ""] = await addEntries([draft(1, names), draft(1, names)], { now: 1 });
    await addAutoSite(ORIGIN, merged, 1);
    const said: ToastContent[] = [];
    const group = await readIndex();
    await act(() => render(<SameSecret group={group} say={(toast) => said.push(toast)} />, document.body));
    await press(t("duplicates.preview"));
    await press(t("duplicates.merge"));
    await vi.waitFor(() => expect(said).toHaveLength(1));
    expect(await accountOfSite()).toBe(kept);
    await act(() => said[0]?.action?.onChoose());
    await vi.waitFor(() => expect(said).toHaveLength(2));
    expect(await accountOfSite()).toBe(merged);
  });
});
