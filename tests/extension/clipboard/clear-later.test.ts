import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  CLEAR_AFTER_MS,
  CLEAR_ALARM,
  clearIfDue,
  clearLater,
  clearOnTime,
} from "../../../extension/clipboard/clear-later.ts";
import { switchClearingOff } from "../../../extension/clipboard/clearing-switch.ts";
import { copiedItem } from "../../../extension/clipboard/copied-code.ts";
import { browser, fakeApi } from "../../support/fake-extension-api.ts";

/** The clipboard as the browser's own interface shows it to a document in focus. */
let held = "";
const NOW = 1_000_000;
const DUE = NOW + CLEAR_AFTER_MS;

beforeEach(() => {
  held = "";
  fakeApi.answer("permissions.contains", () => true);
  vi.spyOn(navigator.clipboard, "readText").mockImplementation(async () => held);
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation(async (text) => {
    held = text;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function copy(code: string, now: number): Promise<void> {
  held = code;
  await clearLater(code, now);
}

describe("a copied code", () => {
  test("is cleared once thirty seconds have passed, and not before", async () => {
    await copy("123456", NOW);
    await clearIfDue(DUE - 1);
    expect(held).toBe("123456");
    await clearIfDue(DUE);
    expect(held).toBe("");
    expect(await copiedItem.get()).toBeNull();
    expect(fakeApi.alarms()).toEqual([]);
  });

  test("leaves what was copied after it where it is, even what only begins like it", async () => {
    for (const text of ["1234567", " 123456", "a letter", ""]) {
      await copy("123456", NOW);
      held = text;
      await clearIfDue(DUE);
      expect(held).toBe(text);
      expect(await copiedItem.get()).toBeNull();
    }
    expect(navigator.clipboard.writeText).not.toHaveBeenCalled();
  });

  test("starts the time again for a code copied after it, and wakes the worker then", async () => {
    await copy("123456", NOW);
    await copy("654321", NOW + 20_000);
    expect(fakeApi.alarms()).toEqual([{ name: CLEAR_ALARM, scheduledTime: DUE + 20_000 }]);
    await clearIfDue(DUE);
    expect(held).toBe("654321");
    await clearIfDue(DUE + 20_000);
    expect(held).toBe("");
  });

  test("that is overdue when somebody wakes up is cleared if it is still there", async () => {
    await copy("123456", NOW);
    await clearIfDue(DUE + 3_600_000);
    expect(held).toBe("");
  });

  test("is tried again by the next who wakes up where the browser lets nobody read", async () => {
    await copy("123456", NOW);
    vi.mocked(navigator.clipboard.readText).mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
    vi.spyOn(document, "execCommand").mockReturnValueOnce(false);
    await clearIfDue(DUE);
    expect(held).toBe("123456");
    await clearIfDue(DUE + 1);
    expect(held).toBe("");
  });

  test("is cleared in time by an open page, before any alarm", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: NOW });
    await copy("123456", NOW);
    const stop = clearOnTime();
    await vi.advanceTimersByTimeAsync(CLEAR_AFTER_MS - 1);
    expect(held).toBe("123456");
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    await vi.waitFor(() => expect(held).toBe(""));
    stop();
  });

  test("is compared without standing anywhere in clear", async () => {
    await copy("123456", NOW);
    const stored =
      JSON.stringify(browser.storage.session.dump()) + JSON.stringify(browser.storage.local.dump());
    expect(stored).toContain("copied-code");
    expect(stored).not.toContain("123456");
    expect(stored).not.toContain(btoa("123456"));
    const first = await copiedItem.get();
    await copy("123456", NOW);
    expect((await copiedItem.get())?.mac).not.toBe(first?.mac);
  });
});

describe("without the permission", () => {
  test("nothing is remembered of a copied code", async () => {
    fakeApi.answer("permissions.contains", () => false);
    await copy("123456", NOW);
    expect(await copiedItem.get()).toBeNull();
    expect(fakeApi.alarms()).toEqual([]);
  });

  test("that was taken meanwhile, the clipboard is neither read nor written", async () => {
    await copy("123456", NOW);
    fakeApi.answer("permissions.contains", () => false);
    await clearIfDue(DUE);
    expect(held).toBe("123456");
    expect(navigator.clipboard.readText).not.toHaveBeenCalled();
    expect(await copiedItem.get()).toBeNull();
  });

  test("that was given back here, what was due is forgotten", async () => {
    await copy("123456", NOW);
    await switchClearingOff();
    expect(fakeApi.callsOf("permissions.remove")).toEqual([[{ permissions: ["clipboardRead"] }]]);
    expect(await copiedItem.get()).toBeNull();
  });
});
