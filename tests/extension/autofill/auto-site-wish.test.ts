import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import {
  addGrantedAutoSite,
  requestAutoSite,
  takeDeclinedAutoSite,
} from "../../../extension/autofill/auto-site-wish.ts";
import {
  addAutoSite,
  autoSiteOrigin,
  changeAutoSite,
  moveAutoSites,
  originOfSite,
  readAutoSites,
  removeAutoSites,
} from "../../../extension/autofill/auto-sites.ts";
import { browser } from "../../../extension/platform/browser.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";

const ORIGIN = "https://login.bank.example:8443";
const wish = { origin: ORIGIN, entryId: "alice", at: Date.now() };
const listed = async () => (await readAutoSites()).map(({ origin }) => origin);

describe("switching a site on", () => {
  it("asks for that host alone, after the wish was stored, and then lists it, sending nothing off", async () => {
    const stored: unknown[] = [];
    fakeApi.answer("permissions.request", async () => {
      stored.push((await browser.storage.session.get("auto-site"))["auto-site"]);
      return true;
    });
    expect(await requestAutoSite(ORIGIN, "alice")).toBe("granted");
    expect(fakeApi.callsOf("permissions.request")).toEqual([[{ origins: ["https://login.bank.example/*"] }]]);
    expect(stored).toEqual([expect.objectContaining({ origin: ORIGIN, entryId: "alice" })]);
    expect(await readAutoSites()).toEqual([
      { origin: ORIGIN, entryId: "alice", submit: false, addedAt: expect.any(Number) },
    ]);
    expect(await browser.storage.session.get("auto-site")).toEqual({});
  });

  it("declined changes nothing, now or later", async () => {
    expect(await requestAutoSite(ORIGIN, "alice")).toBe("declined");
    fakeApi.answer("permissions.contains", () => true);
    await addGrantedAutoSite();
    expect(await listed()).toEqual([]);
  });

  it("is finished by the worker where the popup died over the question, even by a second worker", async () => {
    fakeApi.answer("permissions.contains", () => true);
    await browser.storage.session.set({ "auto-site": wish });
    await Promise.all([addGrantedAutoSite(), addGrantedAutoSite()]);
    expect(await listed()).toEqual([ORIGIN]);
    expect(await browser.storage.session.get("auto-site")).toEqual({});
  });

  it("waits for its own permission: another one that is given meanwhile is no answer", async () => {
    await browser.storage.session.set({ "auto-site": wish });
    await addGrantedAutoSite();
    expect(await listed()).toEqual([]);
    fakeApi.answer("permissions.contains", () => true);
    await addGrantedAutoSite();
    expect(await listed()).toEqual([ORIGIN]);
  });

  it("is finished however late the question is answered: the permission stays given, and has to be listed", async () => {
    fakeApi.answer("permissions.contains", () => true);
    await browser.storage.session.set({ "auto-site": { ...wish, at: Date.now() - 3_600_000 } });
    await addGrantedAutoSite();
    expect(await listed()).toEqual([ORIGIN]);
  });

  describe("on a disk that is full", () => {
    const PATTERN = "https://login.bank.example/*";
    beforeEach(() => {
      const full = vi.spyOn(browser.storage.local, "set").mockRejectedValue(Error("the disk is full"));
      onTestFinished(() => full.mockRestore());
    });

    it("fails, and gives the permission back", async () => {
      fakeApi.answer("permissions.request", () => true);
      await expect(requestAutoSite(ORIGIN, "alice")).rejects.toThrow("full");
      expect(fakeApi.callsOf("permissions.remove")).toEqual([[{ origins: [PATTERN] }]]);
      expect(await browser.storage.session.get("auto-site")).toEqual({});
    });

    it("does the same in the worker, and the next popup says that nothing was changed", async () => {
      let isPermitted = true;
      fakeApi.answer("permissions.contains", () => isPermitted);
      fakeApi.answer("permissions.remove", () => {
        isPermitted = false;
        return true;
      });
      await browser.storage.session.set({ "auto-site": wish });
      await addGrantedAutoSite();
      expect(isPermitted).toBe(false);
      expect(await takeDeclinedAutoSite(Date.now())).toMatchObject({ origin: ORIGIN });
    });
  });

  it("declined after the popup died is told to the next one, once", async () => {
    await browser.storage.session.set({ "auto-site": wish });
    expect(await takeDeclinedAutoSite(Date.now())).toMatchObject({ origin: ORIGIN });
    expect(await takeDeclinedAutoSite(Date.now())).toBeNull();
  });

  it("is not to be had for an address without encryption, or one that the browser can't be asked about", () => {
    for (const address of [
      "http://login.bank.example/",
      "ftp://x",
      "https://alice@bank.example",
      "http://[::1]/",
    ]) {
      expect(autoSiteOrigin(address), address).toBeNull();
    }
    expect(() => requestAutoSite("http://login.bank.example", "alice")).toThrow();
    expect(() => requestAutoSite(`${ORIGIN}/otp`, "alice")).toThrow();
  });
});

describe("the list", () => {
  it("keeps every change that is made at the same time, and forgets what is removed", async () => {
    const origins = Array.from({ length: 8 }, (_, at) => `https://bank-${at}.example`);
    await Promise.all(origins.map((origin, at) => addAutoSite(origin, `entry-${at}`, at)));
    await changeAutoSite(origins[3]!, { entryId: "other" });
    await addAutoSite(origins[3]!, "other", 99);
    expect((await readAutoSites())[3]).toEqual({
      origin: origins[3],
      entryId: "other",
      submit: false,
      addedAt: 3,
    });
    await removeAutoSites(origins.slice(1));
    expect(await listed()).toEqual([origins[0]]);
  });

  it("sends nothing off for another account than the one it was said of", async () => {
    const isSent = async () => (await readAutoSites())[0]?.submit;
    await addAutoSite(ORIGIN, "alice", 1);
    await changeAutoSite(ORIGIN, { submit: true });
    await addAutoSite(ORIGIN, "alice", 2);
    expect(await isSent()).toBe(true);
    await addAutoSite(ORIGIN, "bob", 3);
    expect(await isSent()).toBe(false);
    await changeAutoSite(ORIGIN, { submit: true });
    await changeAutoSite(ORIGIN, { entryId: "bob" });
    expect(await isSent()).toBe(true);
    await changeAutoSite(ORIGIN, { entryId: "eve" });
    expect(await isSent()).toBe(false);
  });

  it("follows an account into the one that takes its place, as it is, and back", async () => {
    for (const [at, entryId] of ["alice", "bob", "alice", "eve"].entries()) {
      await addAutoSite(`https://bank-${at}.example`, entryId, at);
      await changeAutoSite(`https://bank-${at}.example`, { submit: true });
    }
    const accounts = async () => (await readAutoSites()).map(({ entryId }) => entryId).join(" ");
    const undo = await moveAutoSites(["alice", "eve"], "bob");
    expect(await accounts()).toBe("bob bob bob bob");
    expect((await readAutoSites()).every(({ submit }) => submit)).toBe(true);
    await changeAutoSite("https://bank-2.example", { entryId: "other" });
    await undo();
    expect(await accounts()).toBe("alice bob other eve");
  });

  it("reads a site as an entry has it as an origin, where it names one", () => {
    expect(originOfSite("login.bank.example")).toBe("https://login.bank.example");
    expect(originOfSite("login.bank.example:8443")).toBe(ORIGIN);
    expect(originOfSite("localhost:8080")).toBe("http://localhost:8080");
    expect(originOfSite("localhost.example")).toBe("https://localhost.example");
    expect(originOfSite("*.bank.example")).toBeNull();
  });
});
