import { afterEach, expect, test } from "vitest";
import { packagedUrl } from "../../../extension/platform/packaged-worker.ts";
import { openDecoder } from "../../../extension/scan/decode-qr.ts";
import { ALICE, BOB, canvasPixels, qrCanvas, qrPixels, sheet } from "./qr-picture.ts";

let stop = new AbortController();
let decoder = openDecoder({ signal: stop.signal });

afterEach(() => {
  decoder.close();
  stop = new AbortController();
  decoder = openDecoder({ signal: stop.signal });
});

test("the worker reads one picture after the other", async () => {
  const first = await decoder.decode(qrPixels(ALICE), { kind: "element", timeLimit: 20_000 });
  const second = await decoder.decode(qrPixels(BOB), { kind: "scene", timeLimit: 20_000 });
  expect(first).toMatchObject({ end: "done", codes: [{ text: ALICE }] });
  expect(second).toMatchObject({ end: "done", codes: [{ text: BOB }] });
});

test("a picture that takes too long is given up, and the next one is read all the same", async () => {
  const huge = canvasPixels(sheet(4000, 3000, [{ picture: qrCanvas(ALICE), x: 5, y: 5 }]));
  expect(await decoder.decode(huge, { kind: "scene", timeLimit: 1 })).toMatchObject({ end: "timed-out" });
  const next = await decoder.decode(qrPixels(BOB), { kind: "element", timeLimit: 20_000 });
  expect(next.codes.map(({ text }) => text)).toEqual([BOB]);
});

test("the signal ends what is being read and what is asked afterwards", async () => {
  const huge = canvasPixels(sheet(4000, 3000, []));
  const reading = decoder.decode(huge, { kind: "scene", timeLimit: 20_000 });
  stop.abort();
  expect(await reading).toMatchObject({ end: "stopped" });
  expect(await decoder.decode(qrPixels(BOB), { kind: "element", timeLimit: 20_000 })).toEqual({
    codes: [],
    unread: [],
    end: "stopped",
  });
});

test("the page keeps answering while a large picture is read", async () => {
  const huge = canvasPixels(sheet(3000, 2000, [{ picture: qrCanvas(ALICE), x: 5, y: 5 }]));
  let ticks = 0;
  const clock = setInterval(() => ticks++, 10);
  const { codes } = await decoder.decode(huge, { kind: "scene", timeLimit: 30_000 });
  clearInterval(clock);
  expect(codes).toHaveLength(1);
  expect(ticks).toBeGreaterThan(3);
});

test("only addresses of the page's own origin are passed as workers", () => {
  expect(packagedUrl("/assets/decode.worker.js")).toBe(`${location.origin}/assets/decode.worker.js`);
  for (const url of [
    "https://example.com/worker.js",
    "data:text/javascript,1",
    "blob:null/1",
    "//example.com/a.js",
  ]) {
    expect(() => packagedUrl(url)).toThrow("outside the extension");
  }
});
