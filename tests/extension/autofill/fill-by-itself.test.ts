import { beforeEach, describe, expect, it } from "vitest";
import { addAutoSite, changeAutoSite } from "../../../extension/autofill/auto-sites.ts";
import { fillAutoSite } from "../../../extension/autofill/fill-by-itself.ts";
import { createVault } from "../../../extension/vault/create-vault.ts";
import { readEntry, readIndex } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { setFirstPassphrase } from "../../../extension/vault/set-first-passphrase.ts";
import { moveToTrash } from "../../../extension/vault/trash.ts";
import { codeAt } from "../../../shared/otp/code.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { draft, hotpDraft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";
import { keep, ORIGIN, openTab, page, READY } from "./own-tab.ts";

startWithoutVault();
beforeEach(() => createVault());

describe("a site that fills by itself", () => {
  it("gets nothing while the organisation forbids it, and stays on the list until that is taken back", async () => {
    const given = openTab();
    await addAutoSite(ORIGIN, await keep(draft(1)), 1);
    await fakeApi.manage({ automaticFillingForbidden: true });
    expect(await fillAutoSite(page)).toBe("not-now");
    expect(given).toEqual([]);
    await fakeApi.manage({});
    expect(await fillAutoSite(page)).toBe("filled");
  });

  it("gets the code of its account, and is not sent off", async () => {
    const given = openTab();
    const id = await keep(draft(1));
    await addAutoSite(ORIGIN, id, 1);
    expect(await fillAutoSite(page)).toBe("filled");
    expect(given).toEqual([[expect.stringMatching(/^\d{6}$/), "login.bank.example", "leave"]]);
    expect((await readIndex())[0]?.uses).toBe(1);
  });

  it("is sent off where that was switched on", async () => {
    const given = openTab({ fill: { kind: "filled", submitted: true } });
    await addAutoSite(ORIGIN, await keep(draft(2)), 1);
    await changeAutoSite(ORIGIN, { submit: true });
    await fillAutoSite(page);
    await fillAutoSite({ ...page, documentId: "document-1" });
    expect(given.map(([, , then]) => then)).toEqual(["submit"]);
  });

  it("gets one code once, however often and from however many places it is rung for", async () => {
    const given = openTab();
    await addAutoSite(ORIGIN, await keep(draft(3)), 1);
    const outcomes = await Promise.all([
      fillAutoSite(page),
      fillAutoSite(page),
      fillAutoSite({ ...page, documentId: null }),
    ]);
    expect(outcomes.sort()).toEqual(["filled", "not-now", "not-now"]);
    expect(given).toHaveLength(1);
  });

  it("gets nothing while the account that was chosen is in the trash and others belong to it, then the one chosen next", async () => {
    const given = openTab();
    const gone = await keep(draft(12));
    await addAutoSite(ORIGIN, gone, 1);
    const eve = await keep(draft(14));
    await moveToTrash([gone], Date.now());
    expect(await fillAutoSite(page)).toBe("not-now");
    expect(given).toEqual([]);
    await changeAutoSite(ORIGIN, { entryId: eve });
    expect(await fillAutoSite(page)).toBe("filled");
    const entry = await readEntry(eve);
    const code = entry.ok ? codeAt(entry.value, Date.now()) : entry;
    expect(given[0]?.[0]).toBe(code.ok && code.value);
  });

  it("gets nothing while the vault is locked, and stays watched", async () => {
    const given = openTab();
    await addAutoSite(ORIGIN, await keep(draft(4)), 1);
    await setFirstPassphrase("correct horse battery staple");
    await lock("by-hand");
    expect(await fillAutoSite(page)).toBe("not-now");
    expect(given).toEqual([]);
  });

  it("gets no code that counts: a counter moves only for a press", async () => {
    const given = openTab();
    const id = await keep(hotpDraft(5, 7));
    await addAutoSite(ORIGIN, id, 1);
    expect(await fillAutoSite(page)).toBe("not-now");
    const entry = await readEntry(id);
    expect([given, entry.ok && entry.value.counter]).toEqual([[], 7]);
  });

  it.for([
    ["a site that is not on the list", { origin: "https://www.bank.example" }],
    ["another port", { origin: `${ORIGIN}:8443` }],
    ["the same host without encryption", { origin: "http://login.bank.example" }],
  ] as const)("%s gets nothing, and is not watched", async ([, change]) => {
    const given = openTab();
    await addAutoSite(ORIGIN, await keep(draft(6), ["login.bank.example", "*.bank.example"]), 1);
    expect(await fillAutoSite({ ...page, ...change })).toBe("never");
    expect(given).toEqual([]);
  });

  it.for([
    ["says another origin than the one that rang", { ...READY, origin: "https://evil.example" }],
    ["is not ready", { ...READY, kind: "wait" }],
    ["has no field", { ...READY, kind: "none" }],
    ["answers nonsense", { kind: "ready" }],
    ["names itself in nonsense", { ...READY, mark: "document-1" }],
    ["has gone", null],
  ] as const)("a page that %s gets nothing", async ([, look]) => {
    const given = openTab({ look });
    await addAutoSite(ORIGIN, await keep(draft(7)), 1);
    expect(await fillAutoSite(page)).toBe("not-now");
    expect(given).toEqual([]);
  });

  it("another document in the tab than the one that rang gets nothing", async () => {
    const given = openTab({ documentId: "document-2" });
    await addAutoSite(ORIGIN, await keep(draft(8)), 1);
    expect(await fillAutoSite(page)).toBe("not-now");
    expect(given).toEqual([]);
  });

  it("goes on filling one document after the other in a tab, in a browser that names none", async () => {
    await addAutoSite(ORIGIN, await keep(draft(15)), 1);
    const unnamed = { ...page, documentId: null };
    for (let loads = 0; loads < 5; loads += 1) {
      openTab({ documentId: null, look: { ...READY, mark: crypto.randomUUID() } });
      expect([await fillAutoSite(unnamed), await fillAutoSite(unnamed)]).toEqual(["filled", "not-now"]);
    }
  });

  it("whose person began to type in the last moment is tried again later in the same step", async () => {
    openTab({ fill: { kind: "wait", submitted: false } });
    await addAutoSite(ORIGIN, await keep(draft(9)), 1);
    expect(await fillAutoSite(page)).toBe("not-now");
    openTab();
    expect(await fillAutoSite(page)).toBe("filled");
  });
});
