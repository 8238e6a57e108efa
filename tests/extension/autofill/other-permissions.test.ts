import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { addAutoSite, removeAutoSites } from "../../../extension/autofill/auto-sites.ts";
import { giveBackUnlisted, watchOtherPermissions } from "../../../extension/autofill/other-permissions.ts";
import { browser, fakeApi } from "../../support/fake-extension-api.ts";

const BANK = "https://login.bank.example/*";
const FRAME = "https://id.frame.example/*";

let granted: string[];
beforeEach(() => {
  granted = [BANK, FRAME];
  fakeApi.answer("permissions.getAll", () => ({ permissions: [], origins: granted }));
  fakeApi.answer("permissions.remove", async ({ origins }: { origins: string[] }) => {
    granted = granted.filter((pattern) => !origins.includes(pattern));
    await browser.permissions.onRemoved.fire();
    return true;
  });
});

function watch(): () => readonly string[] | null {
  let seen: readonly string[] | null = null;
  onTestFinished(
    watchOtherPermissions((patterns) => {
      seen = patterns;
    }),
  );
  return () => seen;
}

describe("permissions that belong to no site that fills by itself", () => {
  it("are all that were given but for those of the sites on the list, at any port", async () => {
    await addAutoSite("https://login.bank.example:8443", "alice", 1);
    await expect.poll(watch()).toEqual([FRAME]);
  });

  it("follow what is given, taken back and switched on elsewhere", async () => {
    const seen = watch();
    await expect.poll(seen).toEqual([FRAME, BANK]);
    await addAutoSite("https://login.bank.example", "alice", 1);
    await expect.poll(seen).toEqual([FRAME]);
    await giveBackUnlisted([FRAME]);
    await expect.poll(seen).toEqual([]);
    await removeAutoSites(["https://login.bank.example"]);
    await expect.poll(seen).toEqual([BANK]);
    granted = [BANK, FRAME];
    await browser.permissions.onAdded.fire();
    await expect.poll(seen).toEqual([FRAME, BANK]);
  });

  it("are given back, and no other: what a site on the list needs stays", async () => {
    await addAutoSite("https://login.bank.example", "alice", 1);
    await giveBackUnlisted([BANK, FRAME]);
    expect(granted).toEqual([BANK]);
    await giveBackUnlisted([BANK]);
    expect(fakeApi.callsOf("permissions.remove")).toHaveLength(1);
  });
});
