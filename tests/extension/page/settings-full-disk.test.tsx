import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import { addAutoSite } from "../../../extension/autofill/auto-sites.ts";
import { AutoSiteSettings } from "../../../extension/entrypoints/page/settings/auto-sites.tsx";
import { ClipboardSettings } from "../../../extension/entrypoints/page/settings/clipboard.tsx";
import { LookSettings } from "../../../extension/entrypoints/page/settings/look.tsx";
import { ProtectionSettings } from "../../../extension/entrypoints/page/settings/protection.tsx";
import {
  changePreferences,
  DEFAULT_PREFERENCES,
  watchPreferences,
} from "../../../extension/preferences/preferences.ts";
import { t } from "../../../extension/ui/i18n.ts";
import type { ToastContent } from "../../../extension/ui/toast.tsx";
import { readSettings } from "../../../extension/vault/settings.ts";
import { vaultState } from "../../../extension/vault/state.ts";
import { createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { browser, fakeApi } from "../../support/fake-extension-api.ts";
import { failWritesFrom } from "../vault/failing-store.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

/** A setting that could not be stored looks as it is stored, and that is said. */
startWithoutVault();
let said: ToastContent[] = [];
const say = (content: ToastContent) => void said.push(content);
afterEach(async () => {
  vi.restoreAllMocks();
  said = [];
  await act(() => render(null, document.body));
});

const NO_VAULT = { kind: "none" } as const;
const HOST = "harbour.example";

/** As the page holds them. */
function Preferred({ of: Of }: { of: typeof LookSettings | typeof ClipboardSettings }) {
  const [preferences, setPreferences] = useState(DEFAULT_PREFERENCES);
  useEffect(() => watchPreferences(setPreferences), []);
  return <Of say={say} preferences={preferences} />;
}

function labelled<E extends HTMLElement>(label: string, kind: string): E {
  const found = [...document.querySelectorAll("label")].find(({ textContent }) =>
    textContent?.startsWith(label),
  );
  const control = found?.querySelector<E>(kind);
  if (!control) throw Error(`nothing is called ${label}`);
  return control;
}
async function choose(label: string, value: string): Promise<void> {
  const select = labelled<HTMLSelectElement>(label, "select");
  select.value = value;
  expect(select.value).toBe(value);
  await act(() => void select.dispatchEvent(new Event("change", { bubbles: true })));
}
const refuseToStore = () =>
  vi.spyOn(browser.storage.local, "set").mockRejectedValue(Error("the test's disk is full"));
const refused = { tone: "warn", sentence: t("keep.failed") };

describe("on a full disk", () => {
  it("theme, language and order go back to what they were", async () => {
    await act(() => render(<Preferred of={LookSettings} />, document.body));
    refuseToStore();
    const choices = [
      ["settings.theme", "dark", "system"],
      ["settings.language", "zh-CN", "system"],
      ["settings.sort", "hand", "usage"],
    ] as const;
    for (const [key, wish, stored] of choices) {
      await choose(t(key), wish);
      await vi.waitFor(() => expect(labelled<HTMLSelectElement>(t(key), "select").value).toBe(stored));
    }
    expect(said).toEqual([refused, refused, refused]);
  });

  it("the time until the vault locks goes back to what it was", async () => {
    await createVaultWithPassphrase("alice keeps four random words");
    await act(async () => render(<ProtectionSettings vault={await vaultState()} say={say} />, document.body));
    const minutes = () => labelled<HTMLSelectElement>(t("settings.lock-after"), "select");
    await vi.waitFor(() => expect(minutes().value).toBe("15"));
    const disk = failWritesFrom(1);
    await choose(t("settings.lock-after"), "60");
    await vi.waitFor(() => expect(said).toEqual([refused]));
    await vi.waitFor(() => expect(minutes().value).toBe("15"));
    disk.stop();
    await choose(t("settings.lock-after"), "60");
    await vi.waitFor(async () => expect((await readSettings()).lockMinutes).toBe(60));
    await vi.waitFor(() => expect(minutes().value).toBe("60"));
  });

  it("copying what was filled in stays as it is, and so does clearing that can't be switched off", async () => {
    fakeApi.answer("permissions.contains", () => true);
    fakeApi.answer("permissions.remove", () => Promise.reject(Error("refused")));
    await act(() => render(<Preferred of={ClipboardSettings} />, document.body));
    const copy = labelled<HTMLInputElement>(t("settings.clipboard.copy"), "input");
    const clear = labelled<HTMLInputElement>(t("settings.clipboard.clear"), "input");
    await vi.waitFor(() => expect(clear.checked).toBe(true));
    const disk = refuseToStore();
    await act(() => copy.click());
    await vi.waitFor(() => expect(said).toEqual([refused]));
    expect(copy.checked).toBe(false);
    await act(() => clear.click());
    await vi.waitFor(() => expect(said).toEqual([refused, refused]));
    expect(clear.checked).toBe(true);
    disk.mockRestore();
    await act(() => copy.click());
    await vi.waitFor(() => expect(copy.checked).toBe(true));
  });

  it("a site that fills by itself stays on the list, and sends nothing off", async () => {
    await addAutoSite(`https://${HOST}`, "1", 1);
    await act(() => render(<AutoSiteSettings vault={NO_VAULT} say={say} />, document.body));
    await vi.waitFor(() => expect(document.querySelectorAll("li")).toHaveLength(1));
    refuseToStore();
    const submit = labelled<HTMLInputElement>(t("settings.auto-submit"), "input");
    await act(() => submit.click());
    await vi.waitFor(() => expect(said).toEqual([refused]));
    expect(submit.checked).toBe(false);
    await act(() => document.querySelector<HTMLElement>("li button")?.click());
    await vi.waitFor(() => expect(said).toEqual([refused, refused]));
    expect(document.querySelectorAll("li")).toHaveLength(1);
  });
});

it("sending a form off is ticked once that is stored, and not before", async () => {
  await addAutoSite(`https://${HOST}`, "1", 1);
  await act(() => render(<AutoSiteSettings vault={NO_VAULT} say={say} />, document.body));
  await vi.waitFor(() => expect(document.querySelectorAll("li")).toHaveLength(1));
  let store = () => {};
  const real = browser.storage.local.set.bind(browser.storage.local);
  const writing = vi.spyOn(browser.storage.local, "set").mockImplementation(async (items) => {
    await new Promise<void>((resolve) => (store = resolve));
    await real(items);
  });
  const submit = labelled<HTMLInputElement>(t("settings.auto-submit"), "input");
  await act(() => submit.click());
  await vi.waitFor(() => expect(writing).toHaveBeenCalled());
  expect(submit.checked).toBe(false);
  store();
  await vi.waitFor(() => expect(submit.checked).toBe(true));
});

it("what could be stored is shown as before", async () => {
  await act(() => render(<Preferred of={LookSettings} />, document.body));
  await choose(t("settings.theme"), "dark");
  await vi.waitFor(() =>
    expect(labelled<HTMLSelectElement>(t("settings.theme"), "select").value).toBe("dark"),
  );
  await act(() => changePreferences({ theme: "light" }));
  await vi.waitFor(() =>
    expect(labelled<HTMLSelectElement>(t("settings.theme"), "select").value).toBe("light"),
  );
  expect(said).toEqual([]);
});
