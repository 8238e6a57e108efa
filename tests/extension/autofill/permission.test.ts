import { beforeEach, describe, expect, it } from "vitest";
import {
  handlePermissionAdded,
  requestFrameOrigin,
  takeDeclinedWish,
} from "../../../extension/autofill/permission.ts";
import { browser } from "../../../extension/platform/browser.ts";
import { createVault } from "../../../extension/vault/create-vault.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";
import { fakeTab, topFrame } from "./fake-tab.ts";

const ORIGIN = "https://auth.bank.example:8443";
const place = { tabId: 1, frameId: null, target: "detected", pressId: "press", origin: ORIGIN } as const;
const inner = topFrame({ frameId: 4, origin: ORIGIN });

/** As the worker does for an entry that is nobody else's. */
const mayFill = async () => true;

startWithoutVault();
beforeEach(() => createVault());

async function keep(): Promise<string> {
  const [id] = await addEntries([draft(1, { sites: ["auth.bank.example:8443"] })], { now: Date.now() });
  return id!;
}

describe("the permission for a frame", () => {
  it("is asked for that host alone, after the wish was stored, and then the frame is filled", async () => {
    const filled = fakeTab([inner]);
    const stored: unknown[] = [];
    fakeApi.answer("permissions.request", async () => {
      stored.push(await browser.storage.session.get("frame-fill"));
      return true;
    });
    const entryId = await keep();
    expect(await requestFrameOrigin({ ...place, entryId })).toMatchObject({
      kind: "filled",
      host: "auth.bank.example:8443",
    });
    expect(fakeApi.callsOf("permissions.request")).toEqual([[{ origins: ["https://auth.bank.example/*"] }]]);
    expect(stored).toEqual([{ "frame-fill": expect.objectContaining({ entryId, origin: ORIGIN }) }]);
    expect(filled).toHaveLength(1);
  });

  it("that is declined fills nothing, now or later", async () => {
    const filled = fakeTab([inner]);
    fakeApi.answer("permissions.contains", () => true);
    expect(await requestFrameOrigin({ ...place, entryId: await keep() })).toEqual({
      kind: "not-permitted",
      host: "auth.bank.example:8443",
    });
    expect(await handlePermissionAdded(mayFill)).toBeNull();
    expect(filled).toEqual([]);
  });

  it("that the browser does not even ask for, for want of a click, fills nothing, now or later", async () => {
    const filled = fakeTab([inner]);
    fakeApi.answer("permissions.request", () => {
      throw Error("permissions.request may only be called from a user input handler");
    });
    expect(await requestFrameOrigin({ ...place, entryId: await keep() })).toEqual({
      kind: "not-asked",
      host: "auth.bank.example:8443",
    });
    expect(await takeDeclinedWish(Date.now())).toBeNull();
    expect(await handlePermissionAdded(mayFill)).toBeNull();
    expect(filled).toEqual([]);
  });

  it("is used by the worker once, where the popup died over the prompt", async () => {
    const filled = fakeTab([inner]);
    fakeApi.answer("permissions.contains", () => true);
    const { origin, ...request } = place;
    await browser.storage.session.set({
      "frame-fill": { ...request, origin, entryId: await keep(), at: Date.now() },
    });
    const outcomes = await Promise.all([handlePermissionAdded(mayFill), handlePermissionAdded(mayFill)]);
    expect(outcomes.filter((done) => done?.outcome?.kind === "filled")).toHaveLength(1);
    expect(filled).toHaveLength(1);
  });

  it("is left to a popup where the worker may not take the code, and takes none", async () => {
    const filled = fakeTab([inner]);
    fakeApi.answer("permissions.contains", () => true);
    await browser.storage.session.set({ "frame-fill": { ...place, entryId: await keep(), at: Date.now() } });
    expect(await handlePermissionAdded(async () => false)).toMatchObject({ outcome: null });
    expect(filled).toEqual([]);
  });

  it("leaves the fill to the popup while that lives", async () => {
    const filled = fakeTab([inner]);
    fakeApi.answer("permissions.contains", () => true);
    let worker: Promise<unknown> = Promise.resolve();
    fakeApi.answer("permissions.request", () => {
      worker = handlePermissionAdded(mayFill);
      return true;
    });
    expect(await requestFrameOrigin({ ...place, entryId: await keep() })).toMatchObject({ kind: "filled" });
    expect(await worker).toBeNull();
    expect(filled).toHaveLength(1);
  });

  it("granted long after the wish fills nothing", async () => {
    const filled = fakeTab([inner]);
    fakeApi.answer("permissions.contains", () => true);
    await browser.storage.session.set({
      "frame-fill": { ...place, entryId: await keep(), at: Date.now() - 300_000 },
    });
    expect(await handlePermissionAdded(mayFill)).toBeNull();
    expect(filled).toEqual([]);
  });

  it("declined after the popup died is told to the next one, once", async () => {
    const entryId = await keep();
    await browser.storage.session.set({ "frame-fill": { ...place, entryId, at: Date.now() } });
    expect(await takeDeclinedWish(Date.now())).toEqual({
      entryId,
      host: "auth.bank.example:8443",
      pressId: place.pressId,
    });
    expect(await takeDeclinedWish(Date.now())).toBeNull();
  });

  it("granted is left to the worker by the popup that opens meanwhile", async () => {
    fakeTab([inner]);
    fakeApi.answer("permissions.contains", () => true);
    await browser.storage.session.set({ "frame-fill": { ...place, entryId: await keep(), at: Date.now() } });
    expect(await takeDeclinedWish(Date.now())).toBeNull();
    expect((await handlePermissionAdded(mayFill))?.outcome?.kind).toBe("filled");
  });

  it("asked for by a popup that is alive is no business of another", async () => {
    fakeTab([inner]);
    let other: unknown = "not asked";
    fakeApi.answer("permissions.request", async () => {
      other = await takeDeclinedWish(Date.now());
      return true;
    });
    expect(await requestFrameOrigin({ ...place, entryId: await keep() })).toMatchObject({ kind: "filled" });
    expect(other).toBeNull();
  });
});
