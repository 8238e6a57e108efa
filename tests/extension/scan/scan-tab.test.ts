import { beforeEach, describe, expect, test } from "vitest";
import { type ScanProgress, scanTab } from "../../../extension/scan/scan-tab.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { ALICE, BOB, qrCanvas, qrSvg } from "./qr-picture.ts";
import { accountsOf, emptyTab, NO_SIGNAL, pageHas, scan, TAB, tabShows } from "./tab-fixture.ts";

beforeEach(emptyTab);

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
