import { beforeEach, expect, test } from "vitest";
import {
  AREA_PICTURE_ALARM,
  dropAreaPicture,
  dropStaleAreaPicture,
  leaveAreaPicture,
  takeAreaPicture,
} from "../../../extension/scan/area-picture.ts";
import { browser, fakeApi } from "../../support/fake-extension-api.ts";
import { ALICE, contextOf, qrCanvas, sheet } from "./qr-picture.ts";
import { emptyTab, NO_SIGNAL, TAB } from "./tab-fixture.ts";

const NOW = 1_764_000_000_000;
const leave = () => leaveAreaPicture(TAB, { now: NOW, signal: NO_SIGNAL });
const stored = () => browser.storage.session.get("area-picture");

beforeEach(() => {
  emptyTab();
  fakeApi.answer("tabs.captureVisibleTab", () => qrCanvas(ALICE).toDataURL());
});

test("is taken once, with the site it shows, and is gone from storage and alarms with that", async () => {
  expect(await leave()).toEqual({ ok: true, value: null });
  expect(fakeApi.alarms()).toMatchObject([{ name: AREA_PICTURE_ALARM, scheduledTime: NOW + 60_000 }]);
  const taken = await takeAreaPicture(NOW + 1_000);
  expect(taken).toEqual({ dataUrl: qrCanvas(ALICE).toDataURL(), site: "example.com", at: NOW });
  expect(await stored()).toEqual({});
  expect(fakeApi.alarms()).toEqual([]);
  expect(await takeAreaPicture(NOW + 1_000)).toBeNull();
});

test("of two that ask at once one gets it", async () => {
  await leave();
  const taken = await Promise.all([takeAreaPicture(NOW), takeAreaPicture(NOW)]);
  expect(taken.filter((picture) => picture !== null)).toHaveLength(1);
});

test("is given to nobody after a minute, and dropped then", async () => {
  await leave();
  expect(await takeAreaPicture(NOW + 60_001)).toBeNull();
  await leave();
  await dropStaleAreaPicture(NOW + 59_000);
  expect(await stored()).not.toEqual({});
  await dropStaleAreaPicture(NOW + 60_000);
  expect(await stored()).toEqual({});
});

test("goes with a lock that came after it, and not with one that came before", async () => {
  await leave();
  await dropAreaPicture(NOW - 1);
  expect(await stored()).not.toEqual({});
  await dropAreaPicture(NOW);
  expect(await stored()).toEqual({});
});

test("a page that can't be captured leaves nothing, and says why", async () => {
  fakeApi.answer("tabs.captureVisibleTab", () => {
    throw new Error("Either the '<all_urls>' or 'activeTab' permission is required.");
  });
  expect(await leave()).toEqual({ ok: false, error: { reason: "no-permission" } });
  expect(await stored()).toEqual({});
});

test("a picture too large for session memory is kept as a smaller file of the same size", async () => {
  const noise = sheet(2_000, 1_500, []);
  const pixels = contextOf(noise).createImageData(2_000, 1_500);
  for (let at = 0; at < pixels.data.length; at += 65_536)
    crypto.getRandomValues(pixels.data.subarray(at, Math.min(at + 65_536, pixels.data.length)));
  for (let at = 3; at < pixels.data.length; at += 4) pixels.data[at] = 255;
  contextOf(noise).putImageData(pixels, 0, 0);
  fakeApi.answer("tabs.captureVisibleTab", () => noise.toDataURL());
  expect((await leave()).ok).toBe(true);
  const taken = await takeAreaPicture(NOW);
  expect(taken?.dataUrl).toMatch(/^data:image\/jpeg;base64,/);
  expect(taken?.dataUrl.length).toBeLessThan(7_000_000);
  const image = new Image();
  image.src = taken?.dataUrl ?? "";
  await image.decode();
  expect([image.naturalWidth, image.naturalHeight]).toEqual([2_000, 1_500]);
});
