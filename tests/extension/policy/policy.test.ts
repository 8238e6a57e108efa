import { afterEach, describe, expect, it, vi } from "vitest";
import { browser } from "../../../extension/platform/browser.ts";
import { NO_POLICY } from "../../../extension/policy/parse-policy.ts";
import { type Policy, readPolicy, watchPolicy } from "../../../extension/policy/policy.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";

afterEach(() => void vi.restoreAllMocks());

describe("what the administrator has set", () => {
  it("is asked for once, and again after a change", async () => {
    const get = vi.spyOn(browser.storage.managed, "get");
    expect(await readPolicy()).toEqual(NO_POLICY);
    await readPolicy();
    expect(get).toHaveBeenCalledTimes(1);
    await fakeApi.manage({ exportForbidden: true });
    expect(await readPolicy()).toMatchObject({ exportForbidden: true });
    await fakeApi.manage({});
    expect(await readPolicy()).toEqual(NO_POLICY);
  });

  it("is told to whoever watches, as it is after the change", async () => {
    const told: Policy[] = [];
    const stop = watchPolicy((policy) => told.push(policy));
    await fakeApi.manage({ longestAutoLockMinutes: 5 });
    await vi.waitFor(() => expect(told.at(-1)?.longestAutoLockMinutes).toBe(5));
    stop();
    const heard = told.length;
    await fakeApi.manage({});
    await readPolicy();
    expect(told.length).toBe(heard);
  });

  it("is nothing in Firefox where no administrator has left a manifest", async () => {
    const get = vi.spyOn(browser.storage.managed, "get");
    get.mockRejectedValue(Error("Managed storage manifest not found"));
    expect(await readPolicy()).toEqual(NO_POLICY);
    await readPolicy();
    expect(get).toHaveBeenCalledTimes(1);
  });

  it("locks nobody out where it can't be read, is named, and is asked for again", async () => {
    const get = vi.spyOn(browser.storage.managed, "get");
    get.mockRejectedValueOnce(Error("backend is gone"));
    expect(await readPolicy()).toEqual({ ...NO_POLICY, unread: [{ why: "all" }] });
    expect(await readPolicy()).toEqual(NO_POLICY);
  });
});
