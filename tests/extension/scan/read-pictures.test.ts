import { describe, expect, test } from "vitest";
import type { DecodedCode } from "../../../extension/scan/find-codes.ts";
import { crop, type Pixels } from "../../../extension/scan/pixels.ts";
import { readElement } from "../../../extension/scan/read-element.ts";
import { readScene } from "../../../extension/scan/read-scene.ts";
import { ALICE, BOB, canvasPixels, contextOf, qrCanvas, qrPixels, sheet, turned } from "./qr-picture.ts";

function codesOfElement(pixels: Pixels): string[] {
  const texts: string[] = [];
  readElement(pixels, ({ text }) => texts.push(text));
  return texts;
}

function codesOfScene(pixels: Pixels): DecodedCode[] {
  const codes: DecodedCode[] = [];
  readScene(pixels, (code) => codes.push(code));
  return codes;
}

describe("an element's pixels", () => {
  test.each([
    { name: "a code as generators draw it", pixels: () => qrPixels(ALICE) },
    { name: "a code without a quiet zone", pixels: () => qrPixels(ALICE, { margin: 0 }) },
    {
      name: "one pixel a module, without a quiet zone",
      pixels: () => qrPixels(ALICE, { margin: 0, scale: 1 }),
    },
    { name: "two pixels a module", pixels: () => qrPixels(ALICE, { margin: 1, scale: 2 }) },
    { name: "very large modules", pixels: () => qrPixels(ALICE, { margin: 2, scale: 40 }) },
    { name: "light on dark", pixels: () => qrPixels(ALICE, { dark: "#fff", light: "#000" }) },
    {
      name: "light on dark without a quiet zone",
      pixels: () => qrPixels(ALICE, { margin: 0, dark: "#fff", light: "#111" }),
    },
    { name: "dark modules on nothing", pixels: () => qrPixels(ALICE, { light: "transparent" }) },
    {
      name: "light modules on nothing",
      pixels: () => qrPixels(ALICE, { dark: "#fff", light: "transparent", margin: 0 }),
    },
    { name: "coloured modules", pixels: () => qrPixels(ALICE, { dark: "#0b5563", light: "#f4efe6" }) },
    { name: "a code turned by 30 degrees", pixels: () => canvasPixels(turned(qrCanvas(ALICE), 30)) },
    { name: "a code upside down", pixels: () => canvasPixels(turned(qrCanvas(ALICE), 180)) },
  ])("$name is read", ({ pixels }) => {
    expect(codesOfElement(pixels())).toEqual([ALICE]);
  });

  test("two codes side by side in one picture are both read", () => {
    const both = sheet(500, 260, [
      { picture: qrCanvas(ALICE), x: 20, y: 20 },
      { picture: qrCanvas(BOB), x: 270, y: 20 },
    ]);
    expect(codesOfElement(canvasPixels(both)).sort()).toEqual([ALICE, BOB]);
  });

  test("a picture smaller than any code gives nothing and does not throw", () => {
    expect(codesOfElement(canvasPixels(sheet(1, 1, [])))).toEqual([]);
    expect(codesOfElement(canvasPixels(sheet(20, 500, [])))).toEqual([]);
  });

  test("a code with a third of it covered is seen, but not read", () => {
    const canvas = qrCanvas(ALICE);
    const context = contextOf(canvas);
    context.fillStyle = "#fff";
    context.fillRect(60, 60, 80, 80);
    const reading = readElement(canvasPixels(canvas), () => {
      throw new Error("nothing can be read here");
    });
    expect(reading.codes).toBe(0);
    expect(reading.unread.length).toBeGreaterThan(0);
    expect(reading.unread[0]?.module).toBeCloseTo(4, 0);
  });
});

describe("a scene", () => {
  test("six codes are read in one picture, each once, each in its place", () => {
    const texts = Array.from({ length: 6 }, (_, i) => ALICE.replace("alice", `user${i}`));
    const pictures = texts.map((text, i) => ({
      picture: qrCanvas(text, { scale: 3 }),
      x: 40 + (i % 3) * 300,
      y: 40 + Math.floor(i / 3) * 300,
    }));
    const codes = codesOfScene(canvasPixels(sheet(960, 640, pictures)));
    expect(codes.map(({ text }) => text).sort()).toEqual(texts);
    for (const { text, corners } of codes) {
      const { x = 0, y = 0 } = pictures[texts.indexOf(text)] ?? {};
      // Four modules of quiet zone, three pixels each, before the code's own corner.
      expect(Math.abs((corners[0]?.x ?? 0) - (x + 12))).toBeLessThan(4);
      expect(Math.abs((corners[0]?.y ?? 0) - (y + 12))).toBeLessThan(4);
    }
  });

  test("a small code on a 4K page is read", () => {
    const page = sheet(3840, 2160, [{ picture: qrCanvas(ALICE, { scale: 3 }), x: 3000, y: 1500 }]);
    const [code, ...others] = codesOfScene(canvasPixels(page));
    expect(code?.text).toBe(ALICE);
    expect(others).toEqual([]);
    expect(Math.abs((code?.corners[0]?.x ?? 0) - 3012)).toBeLessThan(5);
  });

  test("a page of text gives nothing, and nothing that looks like a code", () => {
    const page = sheet(1280, 800, []);
    const context = contextOf(page);
    context.fillStyle = "#222";
    context.font = "14px serif";
    for (let y = 20; y < 800; y += 18)
      context.fillText("Scan this code with your app. 扫描二维码 ".repeat(9), 10, y);
    const reading = readScene(canvasPixels(page), () => {
      throw new Error("there is no code here");
    });
    expect(reading).toEqual({ codes: 0, unread: [] });
  });

  test("cutting a box out keeps to what lies inside the picture", () => {
    const pixels = canvasPixels(sheet(10, 10, []));
    expect(crop(pixels, { x: -5, y: 4.6, width: 8, height: 100 })).toMatchObject({ width: 3, height: 5 });
    expect(crop(pixels, { x: 10, y: 0, width: 5, height: 5 })).toBeNull();
  });
});
