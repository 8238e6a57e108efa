import { beforeEach, describe, expect, test } from "vitest";
import type { PageElement, PageReading } from "../../../extension/scan/page-reading.ts";
import { type ScanProgress, type ScanTarget, scanTab } from "../../../extension/scan/scan-tab.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { ALICE, BOB, contextOf, qrCanvas, qrSvg, sheet } from "./qr-picture.ts";

const TAB = { id: 7, windowId: 3, url: "https://example.com/mfa" };
const NO_SIGNAL = new AbortController().signal;

type Shown = Parameters<typeof sheet>[2];

/** The tab shows these pictures on a page of 800 by 550 CSS pixels, drawn at two device pixels each. */
function tabShows(shown: Shown, ground?: string): void {
  fakeApi.answer("tabs.captureVisibleTab", () => sheet(1600, 1100, shown, ground).toDataURL());
}

function pageHas(elements: readonly Partial<PageElement>[]): void {
  const reading: PageReading = {
    viewport: { width: 800, height: 550, devicePixelRatio: 2 },
    elements: elements.map((element) => ({
      kind: "img",
      box: { x: 0, y: 0, width: 100, height: 100 },
      isVisible: true,
      content: null,
      frameUrl: null,
      ...element,
    })),
    isComplete: true,
  };
  fakeApi.answer("scripting.executeScript", () => [{ frameId: 0, result: reading }]);
}

function scan(options: { target?: ScanTarget; signal?: AbortSignal; url?: string } = {}) {
  const { url = TAB.url, signal = NO_SIGNAL, ...rest } = options;
  return scanTab({ tab: { ...TAB, url }, signal, ...rest });
}

function accountsOf(outcome: Awaited<ReturnType<typeof scan>>): string[] {
  if (outcome.kind !== "found") throw new Error(outcome.why.reason);
  return outcome.found.flatMap(({ payload }) =>
    payload.kind === "entries" ? payload.drafts.map(({ account }) => account) : [],
  );
}

beforeEach(() => {
  fakeApi.answer("tabs.get", () => ({ id: 7, windowId: 3, active: true }));
  tabShows([]);
  pageHas([]);
});

describe("what is found", () => {
  test("an account on the screen, with its place and the site it is remembered with", async () => {
    tabShows([{ picture: qrCanvas(ALICE), x: 600, y: 400 }]);
    pageHas([{ kind: "frame", box: { x: 290, y: 190, width: 150, height: 150 } }]);
    const outcome = await scan();
    if (outcome.kind !== "found") throw new Error(outcome.why.reason);
    const [code, ...others] = outcome.found;
    expect(others).toEqual([]);
    expect(code).toMatchObject({
      shownBy: "frame",
      site: "example.com",
      payload: { kind: "entries", drafts: [{ account: "alice", sites: ["example.com"] }] },
    });
    // Four modules of quiet zone, four pixels each, two pixels to a CSS pixel.
    expect(Math.abs((code?.box?.x ?? 0) - 308)).toBeLessThan(3);
    expect(outcome.isComplete).toBe(true);
  });

  test("an element's own pixels, though it is scrolled away", async () => {
    pageHas([
      { kind: "canvas", isVisible: false, content: { kind: "image", dataUrl: qrCanvas(ALICE).toDataURL() } },
      { kind: "svg", isVisible: false, content: { kind: "svg", text: qrSvg(BOB) } },
    ]);
    expect(accountsOf(await scan())).toEqual(["alice", "bob"]);
  });

  test("the same code in an element and on the screen counts once", async () => {
    const picture = qrCanvas(ALICE);
    tabShows([{ picture, x: 200, y: 200 }]);
    pageHas([
      {
        box: { x: 100, y: 100, width: picture.width / 2, height: picture.height / 2 },
        content: { kind: "image", dataUrl: picture.toDataURL() },
      },
    ]);
    const outcome = await scan();
    expect(outcome).toMatchObject({ kind: "found", found: [{ shownBy: "img" }] });
    expect(accountsOf(outcome)).toEqual(["alice"]);
  });

  test("a code without a quiet zone on a dark page, by the box of its element", async () => {
    const picture = qrCanvas(ALICE, { margin: 0, scale: 6 });
    tabShows([{ picture, x: 300, y: 300 }], "#111");
    pageHas([{ box: { x: 150, y: 150, width: picture.width / 2, height: picture.height / 2 } }]);
    expect(accountsOf(await scan())).toEqual(["alice"]);
  });

  test("accounts come first, codes for other things after them", async () => {
    tabShows([
      { picture: qrCanvas("https://www.example.com/app"), x: 100, y: 100 },
      { picture: qrCanvas(ALICE), x: 900, y: 100 },
      { picture: qrCanvas(BOB), x: 900, y: 700 },
    ]);
    const outcome = await scan();
    if (outcome.kind !== "found") throw new Error(outcome.why.reason);
    expect(outcome.found.map(({ payload }) => payload.kind)).toEqual(["entries", "entries", "not-otp"]);
    expect(accountsOf(outcome).sort()).toEqual(["alice", "bob"]);
  });

  test("a part of an app's export is not bound to the site that shows it", async () => {
    const part =
      "otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC";
    tabShows([{ picture: qrCanvas(part), x: 100, y: 100 }]);
    expect(await scan()).toMatchObject({
      kind: "found",
      found: [{ site: null, payload: { kind: "migration-part", uri: part } }],
    });
  });

  test("an account on a page without a safe address is bound to no site", async () => {
    tabShows([{ picture: qrCanvas(ALICE), x: 100, y: 100 }]);
    const outcome = await scan({ url: "http://example.com/" });
    if (outcome.kind !== "found") throw new Error(outcome.why.reason);
    expect(outcome.found[0]?.site).toBeNull();
    expect(outcome.found[0]?.payload).not.toHaveProperty("drafts.0.sites");
  });

  test("the screenshot alone is enough where no script may go", async () => {
    tabShows([{ picture: qrCanvas(ALICE), x: 100, y: 100 }]);
    fakeApi.answer("scripting.executeScript", () => {
      throw new Error("The extensions gallery cannot be scripted.");
    });
    expect(accountsOf(await scan())).toEqual(["alice"]);
  });

  test("elements alone are enough where nothing can be captured", async () => {
    fakeApi.answer("tabs.captureVisibleTab", () => {
      throw new Error("Taking screenshots has been disabled");
    });
    pageHas([{ content: { kind: "image", dataUrl: qrCanvas(ALICE).toDataURL() } }]);
    expect(accountsOf(await scan())).toEqual(["alice"]);
  });

  test("the person hears how far it has come", async () => {
    pageHas([{ content: { kind: "image", dataUrl: qrCanvas(ALICE).toDataURL() } }]);
    const heard: ScanProgress[] = [];
    await scanTab({ tab: TAB, signal: NO_SIGNAL, onProgress: (progress) => heard.push(progress) });
    expect(heard).toEqual([
      { stage: "looking" },
      { stage: "reading", done: 1, total: 2 },
      { stage: "reading", done: 2, total: 2 },
    ]);
  });
});

describe("what the person pointed at", () => {
  const frame = { id: 4, url: "https://login.idp.example/enrol" };

  test("a code in the clicked frame is remembered with the frame's site, by the browser's word", async () => {
    tabShows([{ picture: qrCanvas(ALICE), x: 600, y: 400 }]);
    pageHas([
      {
        kind: "frame",
        box: { x: 290, y: 190, width: 200, height: 200 },
        frameUrl: "https://login.idp.example/start",
      },
    ]);
    const target = { frame, imageUrl: null };
    expect(await scan({ target })).toMatchObject({ found: [{ site: "login.idp.example" }] });
    expect(await scan()).toMatchObject({ found: [{ site: "example.com" }] });
  });

  test("a code beside the clicked frame is the page's, and what the page claims of its frame does not count", async () => {
    tabShows([{ picture: qrCanvas(ALICE), x: 600, y: 400 }]);
    pageHas([
      { kind: "frame", box: { x: 290, y: 190, width: 200, height: 200 }, frameUrl: "https://bank.example/" },
    ]);
    expect(await scan({ target: { frame, imageUrl: null } })).toMatchObject({
      found: [{ site: "example.com" }],
    });
  });

  test("a clicked picture that carries its data is read by itself", async () => {
    tabShows([{ picture: qrCanvas(BOB), x: 100, y: 100 }]);
    const target = { frame: null, imageUrl: qrCanvas(ALICE).toDataURL() };
    expect(accountsOf(await scan({ target }))).toEqual(["alice"]);
    expect(fakeApi.callsOf("tabs.captureVisibleTab")).toEqual([]);
  });

  test("a clicked picture with an address is never fetched: the page is read", async () => {
    tabShows([{ picture: qrCanvas(BOB), x: 100, y: 100 }]);
    const target = { frame: null, imageUrl: `${location.origin}/extension/public/icons/128.png` };
    const before = performance.getEntriesByType("resource").length;
    expect(accountsOf(await scan({ target }))).toEqual(["bob"]);
    const fetched = performance.getEntriesByType("resource").slice(before);
    expect(fetched.filter(({ name }) => name.includes("icons"))).toEqual([]);
  });
});

describe("why nothing is found", () => {
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
});
