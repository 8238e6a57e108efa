import type { ComponentChild } from "preact";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BackupPage } from "../../../extension/entrypoints/page/backup.tsx";
import { DataPage } from "../../../extension/entrypoints/page/data/data.tsx";
import { HelpPage } from "../../../extension/entrypoints/page/help/help.tsx";
import { OrganisationSettings } from "../../../extension/entrypoints/page/settings/organisation.tsx";
import { ProtectionSettings } from "../../../extension/entrypoints/page/settings/protection.tsx";
import { SheetPage } from "../../../extension/entrypoints/page/sheet/sheet.tsx";
import { EditEntry } from "../../../extension/screens/edit-entry.tsx";
import { ProtectForm } from "../../../extension/screens/protect-form.tsx";
import { UnlockForm } from "../../../extension/screens/unlock-form.tsx";
import { t, tn } from "../../../extension/ui/i18n.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { vaultState } from "../../../extension/vault/state.ts";
import { createVault, createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { browser, fakeApi } from "../../support/fake-extension-api.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

startWithoutVault();
afterEach(() => act(() => render(null, document.body)));

const nothing = () => {};
const show = (what: ComponentChild) => act(() => render(what, document.body));
const text = () => document.body.textContent?.trim() ?? "";

function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name);
  if (!found) throw Error(`no button ${name}`);
  return found;
}

/** What a screen reader says of it beside its name. */
function description(element: Element): string {
  const ids = (element.getAttribute("aria-describedby") ?? "").split(" ");
  return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
}

describe("where the organisation requires a passphrase", () => {
  it("the question for it can't be put off, and its field says why", async () => {
    await show(<ProtectForm vault="none" onDone={nothing} />);
    await vi.waitFor(() => button(t("protect.later")));
    expect(button(t("protect.later")).disabled).toBe(false);
    await act(() => fakeApi.manage({ passphraseRequired: true }));
    await vi.waitFor(() => expect(text()).toContain(t("policy.passphrase-required")));
    expect(() => button(t("protect.later"))).toThrow();
    expect(text()).not.toContain(t("protect.later-means"));
    expect(text()).toContain(t("protect.no-reset"));
    await act(() => fakeApi.manage({ passphraseRequired: true, backupForbidden: true }));
    // A backup is no way back where none may be made.
    await vi.waitFor(() => expect(text()).toContain(t("policy.no-reset")));
    expect(text()).not.toContain(t("protect.no-reset"));
    const field = document.querySelector("input[type=password]");
    expect(field && description(field)).toContain(t("policy.passphrase-required"));
  });
});

describe("where the organisation forbids keys in the clear", () => {
  it("an account is edited without its key", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    await show(<EditEntry entryId={id} protection="device" onDone={nothing} />);
    await vi.waitFor(() => button(t("edit.show-secret")));
    await act(() => button(t("edit.show-secret")).click());
    const secrets = () =>
      [...document.querySelectorAll("input")].filter(({ value }) => value.includes("GEZD"));
    expect(secrets()).toHaveLength(1);
    // One that is on the screen just now goes, too.
    await act(() => fakeApi.manage({ exportForbidden: true }));
    await vi.waitFor(() => expect(secrets()).toHaveLength(0));
    expect(button(t("edit.show-secret")).disabled).toBe(true);
    expect(description(button(t("edit.show-secret")))).toBe(t("policy.export-forbidden"));
  });

  it("no export can be asked for, but a backup can", async () => {
    await createVault();
    await fakeApi.manage({ exportForbidden: true });
    await show(<BackupPage vault={await vaultState()} say={nothing} />);
    await vi.waitFor(() => expect(text()).toContain(t("policy.export-forbidden")));
    expect(button(t("backup.export-go")).disabled).toBe(true);
    expect(description(button(t("backup.export-go")))).toBe(t("policy.export-forbidden"));
    expect(button(t("backup.write-action")).disabled).toBe(false);
    await act(() => fakeApi.manage({ exportForbidden: true, backupForbidden: true }));
    await vi.waitFor(() => expect(button(t("backup.write-action")).disabled).toBe(true));
    expect(description(button(t("backup.write-action")))).toBe(t("policy.backup-forbidden"));
  });

  it("a sheet that is open is taken away", async () => {
    await createVault();
    await addEntries([draft(1)], { now: 1 });
    await browser.storage.session.set({ sheets: { all: null } });
    location.hash = "#/sheet?of=all";
    await show(<SheetPage vault={await vaultState()} say={nothing} />);
    await vi.waitFor(() => button(t("sheet.show")));
    await act(() => button(t("sheet.show")).click());
    await vi.waitFor(() => expect(document.querySelector(".sheet-secret")).not.toBeNull());
    await act(() => fakeApi.manage({ exportForbidden: true }));
    await vi.waitFor(() => expect(text()).toBe(t("policy.export-forbidden")));
  });
});

describe("where the organisation forbids backups", () => {
  const policy = { backupForbidden: true };
  const leadsToBackup = () => document.querySelectorAll("a[href='#/backup']").length;

  it("whoever forgot the passphrase is sent to the administrator, not to a backup", async () => {
    await show(<UnlockForm reason="by-hand" waiting={null} />);
    await vi.waitFor(() => expect(text()).toContain(t("locked.forgotten-next")));
    await act(() => fakeApi.manage(policy));
    await vi.waitFor(() => expect(text()).toContain(t("policy.forgotten")));
    expect(text()).not.toContain(t("locked.forgotten-next"));
  });

  it("no answer of the help advises one, nor paper where keys are forbidden", async () => {
    await show(<HelpPage vault={{ kind: "none" }} />);
    await vi.waitFor(() => expect(text()).toContain(t("help.passphrase.answer")));
    await act(() => fakeApi.manage({ ...policy, exportForbidden: true }));
    await vi.waitFor(() => expect(text()).toContain(t("policy.help-passphrase")));
    expect(text()).toContain(t("policy.help-computer"));
    for (const question of ["passphrase", "computer", "phone"] as const)
      expect(text()).not.toContain(t(`help.${question}.answer`));
  });

  it("what is kept where neither offers one nor counts on one, not before everything is deleted either", async () => {
    await createVault();
    await show(<DataPage vault={await vaultState()} say={nothing} />);
    await vi.waitFor(() => expect(button(t("delete-all.open")).disabled).toBe(false));
    await act(() => button(t("delete-all.open")).click());
    await vi.waitFor(() => expect(leadsToBackup()).toBe(2));
    await act(() => fakeApi.manage(policy));
    await vi.waitFor(() => expect(text()).toContain(t("policy.removal")));
    expect(leadsToBackup()).toBe(0);
    expect(text()).toContain(t("policy.sites-ask"));
    expect(text()).not.toContain(t("data.removal"));
    expect(text()).not.toContain(t("delete-all.backup-first"));
  });
});

describe("the settings", () => {
  it("say nothing of an organisation that has set nothing", async () => {
    await show(<OrganisationSettings />);
    await vi.waitFor(() => expect(text()).toBe(""));
  });

  it("list what is set, name what is not heeded, and cut a name that goes on for ever", async () => {
    await fakeApi.manage({
      serverAddress: "https://codes.example.com/",
      longestAutoLockMinutes: 1,
      exportForbidden: "yes",
      ["x".repeat(500)]: true,
    });
    await show(<OrganisationSettings />);
    await vi.waitFor(() => expect(text()).toContain(t("policy.title")));
    expect([...document.querySelectorAll("dd")].map(({ textContent }) => textContent)).toEqual([
      t("policy.server-unused", { address: "https://codes.example.com/" }),
      tn("policy.auto-lock-fact", 1),
    ]);
    const names = `exportForbidden and ${"x".repeat(60)}`;
    expect(document.querySelector(".notice")?.textContent).toBe(tn("policy.unread", 2, { names }));
  });

  it("offer no longer lock than is allowed, and say so with the choice", async () => {
    await createVaultWithPassphrase("correct horse battery staple");
    await fakeApi.manage({ longestAutoLockMinutes: 7 });
    await show(<ProtectionSettings vault={await vaultState()} say={nothing} />);
    await vi.waitFor(() => expect(document.querySelector("select")?.value).toBe("7"));
    const select = document.querySelector("select");
    expect([...(select?.options ?? [])].map(({ value }) => value)).toEqual(["1", "5", "7"]);
    expect(select && description(select)).toBe(tn("policy.lock-capped", 7));
    // The only choice there is can't be changed.
    await act(() => fakeApi.manage({ longestAutoLockMinutes: 1 }));
    await vi.waitFor(() => expect(document.querySelector("select")?.value).toBe("1"));
    expect(document.querySelector("select")?.disabled).toBe(true);
  });
});
