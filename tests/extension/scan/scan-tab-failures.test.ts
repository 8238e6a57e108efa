import { beforeEach, expect, test } from "vitest";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { ALICE, contextOf, qrCanvas, sheet } from "./qr-picture.ts";
import { emptyTab, pageHas, scan, tabShows } from "./tab-fixture.ts";

beforeEach(emptyTab);

test("nothing looks like a code", async () => {
  expect(await scan()).toEqual({ kind: "nothing", why: { reason: "nothing-found" } });
});

test.each([0.7, 0.85, 1])("a code at %s pixels a module is too small", async (scale) => {
  const sharp = qrCanvas(`${ALICE}&digits=8&algorithm=SHA256`, { margin: 2, scale: 8 });
  const small = document.createElement("canvas");
  small.width = Math.round((sharp.width / 8) * scale);
  small.height = small.width;
  const context = contextOf(small);
  context.imageSmoothingQuality = "high";
  // Between the pixels, as a page lays things out.
  context.drawImage(sharp, 0.5, 0.5, small.width - 0.5, small.height - 0.5);
  tabShows([{ picture: small, x: 400, y: 400 }]);
  pageHas([{ box: { x: 200, y: 200, width: small.width / 2, height: small.width / 2 } }]);
  expect(await scan()).toEqual({ kind: "nothing", why: { reason: "image-too-small" } });
});

test.each(["🔒", "A", "▦"])("a small picture of %s is not taken for a small code", async (sign) => {
  const icon = sheet(40, 40, []);
  const context = contextOf(icon);
  context.fillStyle = "#000";
  context.font = "34px sans-serif";
  context.fillText(sign, 3, 34);
  tabShows([{ picture: icon, x: 400, y: 400 }]);
  pageHas([{ box: { x: 200, y: 200, width: 20, height: 20 } }]);
  expect(await scan()).toEqual({ kind: "nothing", why: { reason: "nothing-found" } });
});

test("a code that is covered is seen, but unreadable", async () => {
  const covered = qrCanvas(ALICE, { scale: 6 });
  const context = contextOf(covered);
  context.fillStyle = "#fff";
  context.fillRect(90, 90, 120, 120);
  tabShows([{ picture: covered, x: 400, y: 400 }]);
  expect(await scan()).toEqual({ kind: "nothing", why: { reason: "code-unreadable" } });
});

test("a code for something else is named; the one that says most, where there are several", async () => {
  tabShows([
    { picture: qrCanvas("https://www.example.com/app"), x: 100, y: 100 },
    { picture: qrCanvas("phonefactor://activate_account?code=1&url=https://example.com"), x: 900, y: 100 },
  ]);
  expect(await scan()).toEqual({ kind: "nothing", why: { reason: "not-otp", what: "microsoft-push" } });
});

test("an account that cannot be taken is refused with its reason", async () => {
  tabShows([{ picture: qrCanvas("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=12"), x: 100, y: 100 }]);
  expect(await scan()).toMatchObject({
    kind: "nothing",
    why: { reason: "refused", refusal: { reason: "digits-out-of-range" } },
  });
});

test("a page that may not be seen is explained by what it is", async () => {
  fakeApi.answer("tabs.captureVisibleTab", () => {
    throw new Error("The extensions gallery cannot be scripted.");
  });
  fakeApi.answer("scripting.executeScript", () => {
    throw new Error("The extensions gallery cannot be scripted.");
  });
  expect(await scan({ url: "https://chromewebstore.google.com/" })).toEqual({
    kind: "nothing",
    why: { reason: "page-not-allowed", page: "extension-store" },
  });
});

test("what a broken page sends in place of a reading is not used", async () => {
  for (const result of [
    null,
    "x",
    { elements: "many" },
    { viewport: {}, elements: [{ kind: "<script>" }] },
  ]) {
    fakeApi.answer("scripting.executeScript", () => [{ frameId: 0, result }]);
    expect(await scan()).toEqual({ kind: "nothing", why: { reason: "nothing-found" } });
  }
});

test("stopping ends it at once", async () => {
  const stop = new AbortController();
  tabShows([{ picture: qrCanvas(ALICE), x: 100, y: 100 }]);
  const scanning = scan({ signal: stop.signal });
  stop.abort();
  expect(await scanning).toEqual({ kind: "nothing", why: { reason: "stopped" } });
});
