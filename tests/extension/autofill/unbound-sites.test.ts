import { beforeEach, describe, expect, it } from "vitest";
import { addAutoSite, changeAutoSite, readAutoSites } from "../../../extension/autofill/auto-sites.ts";
import { fillAutoSite } from "../../../extension/autofill/fill-by-itself.ts";
import {
  removeUnboundAutoSites,
  removeUnboundOnTime,
  UNBOUND_ALARM,
} from "../../../extension/autofill/unbound-sites.ts";
import { createVault } from "../../../extension/vault/create-vault.ts";
import { changeEntry, readIndex } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { setFirstPassphrase } from "../../../extension/vault/set-first-passphrase.ts";
import { moveToTrash } from "../../../extension/vault/trash.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";
import { keep, ORIGIN, openTab, page } from "./own-tab.ts";

startWithoutVault();
beforeEach(() => createVault());

describe("a site that no account belongs to any more", () => {
  const HOUR = 3_600_000;
  const NOW = 1_700_000_000_000;
  const look = async (now: number) => removeUnboundAutoSites(await readIndex(), now);
  const unbind = (id: string) => changeEntry(id, { sites: ["other.example"] });

  it("fills nothing in and stays as it was until that is undone", async () => {
    const given = openTab({ fill: { kind: "filled", submitted: true } });
    const id = await keep(draft(10));
    await addAutoSite(ORIGIN, id, 1);
    await changeAutoSite(ORIGIN, { submit: true });
    const before = await readAutoSites();
    await unbind(id);
    await look(NOW);
    expect(await fillAutoSite(page)).toBe("not-now");
    expect(given).toEqual([]);
    await changeEntry(id, { sites: ["login.bank.example"] });
    await look(NOW + HOUR);
    expect(await readAutoSites()).toEqual(before);
    expect(await fillAutoSite(page)).toBe("filled");
    expect(given.map(([, , then]) => then)).toEqual(["submit"]);
  });

  it("leaves the list after an hour, when the alarm looks again", async () => {
    const id = await keep(draft(16));
    await addAutoSite(ORIGIN, id, 1);
    await unbind(id);
    await look(NOW);
    expect(fakeApi.alarms()).toEqual([{ name: UNBOUND_ALARM, scheduledTime: NOW + HOUR }]);
    await removeUnboundOnTime(NOW + HOUR - 1);
    expect(await readAutoSites()).toHaveLength(1);
    await removeUnboundOnTime(NOW + HOUR);
    expect(await readAutoSites()).toEqual([]);
  });

  it("begins that hour anew once an account belonged to it again", async () => {
    const id = await keep(draft(17));
    await addAutoSite(ORIGIN, id, 1);
    await unbind(id);
    await look(NOW);
    await changeEntry(id, { sites: ["login.bank.example"] });
    await look(NOW + 1);
    await unbind(id);
    await look(NOW + HOUR);
    expect(await readAutoSites()).toHaveLength(1);
  });

  it("leaves it at once where the account was deleted for good", async () => {
    await addAutoSite(ORIGIN, "deleted", 1);
    await look(NOW);
    expect([await readAutoSites(), fakeApi.alarms()]).toEqual([[], []]);
  });

  it("waits for the vault to be unlocked", async () => {
    const id = await keep(draft(18));
    await addAutoSite(ORIGIN, id, 1);
    await unbind(id);
    await setFirstPassphrase("correct horse battery staple");
    await lock("by-hand");
    await removeUnboundOnTime(NOW);
    expect(await readAutoSites()).toHaveLength(1);
  });

  it("stays while the account is only in the trash, from where it may come back", async () => {
    openTab();
    const id = await keep(draft(11));
    await addAutoSite(ORIGIN, id, 1);
    await moveToTrash([id], Date.now());
    expect(await fillAutoSite(page)).toBe("not-now");
    await look(NOW);
    await look(NOW + HOUR);
    expect(await readAutoSites()).toHaveLength(1);
  });
});
