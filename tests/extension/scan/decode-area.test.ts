import { expect, test } from "vitest";
import { decodeArea } from "../../../extension/scan/decode-area.ts";
import type { Pixels } from "../../../extension/scan/pixels.ts";
import { readArea } from "../../../extension/scan/read-area.ts";
import { readElement } from "../../../extension/scan/read-element.ts";
import { ALICE, BOB, canvasPixels, contextOf, qrCanvas, sheet } from "./qr-picture.ts";
import { accountsOf, NO_SIGNAL } from "./tab-fixture.ts";

const options = { site: "example.com", signal: NO_SIGNAL };

test("only what lies in the frame is read, and remembered with the site", async () => {
  const [alice, bob] = [qrCanvas(ALICE), qrCanvas(BOB)];
  const picture = canvasPixels(
    sheet(900, 400, [
      { picture: alice, x: 40, y: 60 },
      { picture: bob, x: 560, y: 60 },
    ]),
  );
  const outcome = await decodeArea(
    picture,
    { x: 550, y: 50, width: bob.width + 20, height: bob.height + 20 },
    options,
  );
  expect(accountsOf(outcome)).toEqual(["bob"]);
  expect(outcome).toMatchObject({ found: [{ site: "example.com", shownBy: "screen" }] });
});

test("a frame drawn through the code's edge still gives it", async () => {
  const code = qrCanvas(ALICE, { scale: 6 });
  const picture = canvasPixels(sheet(700, 600, [{ picture: code, x: 200, y: 150 }]));
  const edge = 5 * 6;
  const box = { x: 200 + edge, y: 150 + edge, width: code.width - 2 * edge, height: code.height - 2 * edge };
  expect(accountsOf(await decodeArea(picture, box, options))).toEqual(["alice"]);
});

test("an empty frame says that nothing is there, one over a hopelessly small code that it is too small", async () => {
  const tiny = qrCanvas(ALICE, { scale: 1 });
  const small = sheet(60, 60, [], "#fff");
  contextOf(small).drawImage(tiny, 0, 0, 42, 42);
  const picture = canvasPixels(sheet(600, 300, [{ picture: small, x: 20, y: 20 }]));
  expect(await decodeArea(picture, { x: 300, y: 50, width: 200, height: 200 }, options)).toEqual({
    kind: "nothing",
    why: { reason: "nothing-found" },
  });
  expect(await decodeArea(picture, { x: 20, y: 20, width: 46, height: 46 }, options)).toEqual({
    kind: "nothing",
    why: { reason: "image-too-small" },
  });
});

/** As a page draws a large picture in a small box: a little more than one pixel for each square. */
function shrunk(by: number): Pixels {
  const code = qrCanvas(ALICE, { scale: 12, margin: 4 });
  const canvas = sheet(Math.round(code.width * by), Math.round(code.height * by), []);
  const context = contextOf(canvas);
  context.imageSmoothingQuality = "high";
  context.drawImage(code, 0, 0, canvas.width, canvas.height);
  return canvasPixels(canvas);
}

test("more effort reads smaller codes than a whole page's scan does", () => {
  const texts = (read: typeof readArea, pixels: Pixels) => {
    const found: string[] = [];
    read(pixels, ({ text }) => found.push(text));
    return found.length;
  };
  const scales = Array.from({ length: 12 }, (_, step) => 0.11 + step * 0.006);
  const usual = scales.filter((scale) => texts(readElement, shrunk(scale)) > 0).length;
  const more = scales.filter((scale) => texts(readArea, shrunk(scale)) > 0).length;
  expect(more).toBeGreaterThan(usual);
});
