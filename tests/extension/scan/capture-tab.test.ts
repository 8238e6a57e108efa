import { beforeEach, expect, test } from "vitest";
import { captureTab, explainCaptureError } from "../../../extension/scan/capture-tab.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { ALICE, qrCanvas } from "./qr-picture.ts";

const TAB = { id: 7, windowId: 3, url: "https://example.com/mfa" };
const signal = new AbortController().signal;

beforeEach(() => {
  fakeApi.answer("tabs.get", () => ({ id: 7, windowId: 3, active: true }));
  fakeApi.answer("tabs.captureVisibleTab", () => qrCanvas(ALICE).toDataURL());
});

test("the picture comes in device pixels from the tab's own window", async () => {
  const shot = await captureTab(TAB, signal);
  const { width, height } = qrCanvas(ALICE);
  expect(shot).toMatchObject({ ok: true, value: { width, height } });
  expect(fakeApi.callsOf("tabs.captureVisibleTab")).toEqual([[3, { format: "png" }]]);
});

test("too many captures are waited out", async () => {
  let calls = 0;
  fakeApi.answer("tabs.captureVisibleTab", () => {
    calls += 1;
    if (calls < 3) {
      throw new Error("This request exceeds the MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND quota.");
    }
    return qrCanvas(ALICE).toDataURL();
  });
  expect((await captureTab(TAB, signal)).ok).toBe(true);
  expect(calls).toBe(3);
});

test("a tab that is gone, or no longer in front, is not captured", async () => {
  fakeApi.answer("tabs.get", () => {
    throw new Error("No tab with id: 7.");
  });
  expect(await captureTab(TAB, signal)).toEqual({ ok: false, error: { reason: "no-tab" } });
  fakeApi.answer("tabs.get", () => ({ id: 7, windowId: 3, active: false }));
  expect(await captureTab(TAB, signal)).toEqual({ ok: false, error: { reason: "tab-not-visible" } });
  expect(fakeApi.callsOf("tabs.captureVisibleTab")).toEqual([]);
});

test("a picture taken while another tab came to the front is thrown away", async () => {
  let isActive = true;
  fakeApi.answer("tabs.get", () => ({ id: 7, windowId: 3, active: isActive }));
  fakeApi.answer("tabs.captureVisibleTab", () => {
    isActive = false;
    return qrCanvas(ALICE).toDataURL();
  });
  expect(await captureTab(TAB, signal)).toEqual({ ok: false, error: { reason: "tab-not-visible" } });
});

test("an empty picture is a failure, not a page without codes", async () => {
  fakeApi.answer("tabs.captureVisibleTab", () => "");
  expect(await captureTab(TAB, signal)).toEqual({ ok: false, error: { reason: "capture-failed" } });
});

test.each([
  [
    "Either the '<all_urls>' or 'activeTab' permission is required.",
    "https://example.com/",
    { reason: "no-permission" },
  ],
  ["Missing activeTab permission", "https://example.com/", { reason: "no-permission" }],
  ["Missing host permission for the tab", "https://addons.mozilla.org/", { reason: "no-permission" }],
  ["Cannot access a chrome:// URL", null, { reason: "page-not-allowed", page: "browser-page" }],
  [
    "The extensions gallery cannot be scripted.",
    "https://chromewebstore.google.com/x",
    { reason: "page-not-allowed", page: "extension-store" },
  ],
  [
    'Cannot access contents of url "file:///home/alice/a.html".',
    "file:///home/alice/a.html",
    { reason: "page-not-allowed", page: "file" },
  ],
  ["Cannot access contents of the page.", "https://example.com/", { reason: "no-permission" }],
  ["Taking screenshots has been disabled", "https://example.com/", { reason: "forbidden-by-policy" }],
  [
    "This page cannot be scripted due to an ExtensionsSettings policy.",
    "https://example.com/",
    { reason: "forbidden-by-policy" },
  ],
  ["No window with id: 3.", "https://example.com/", { reason: "no-tab" }],
  ["Failed to capture tab: image readback failed", "https://example.com/", { reason: "capture-failed" }],
] as const)("the browser's words are understood: %s", (message, url, failure) => {
  expect(explainCaptureError(message, url)).toEqual(failure);
});
