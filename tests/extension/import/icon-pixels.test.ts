import { describe, expect, it } from "vitest";
import { iconToPng, withDrawnIcons } from "../../../extension/import/icon-pixels.ts";
import { draft } from "../vault/drafts.ts";

const svg = (body: string, size = 32) =>
  `data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${body}</svg>`)}`;
const RED = '<rect width="400" height="400" fill="#f00"/>';

async function look(url: string): Promise<{ width: number; height: number; pixel: number[] }> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext("2d");
  context?.drawImage(image, 0, 0);
  const data = context?.getImageData(2, 2, 1, 1).data ?? [];
  return { width: image.naturalWidth, height: image.naturalHeight, pixel: [...data] };
}

describe("a picture of an entry", () => {
  it("that is an SVG is kept as pixels, of what it draws and nothing else", async () => {
    const png = await iconToPng(
      svg(`<script>alert(1)</script><a href="https://tracker.example/x">${RED}</a>`),
    );
    expect(png).toMatch(/^data:image\/png;base64,/);
    expect(atob(png?.split(",")[1] ?? "")).not.toMatch(/script|tracker/);
    expect(await look(png ?? "")).toMatchObject({ width: 96, height: 96, pixel: [255, 0, 0, 255] });
  });

  it("that is large is drawn smaller, in its own shape; a small one stays as large as it is", async () => {
    const large = new OffscreenCanvas(300, 150);
    large.getContext("2d")?.fillRect(0, 0, 300, 150);
    const url = async (canvas: OffscreenCanvas) =>
      `data:image/png;base64,${btoa(String.fromCharCode(...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())))}`;
    expect(await look((await iconToPng(await url(large))) ?? "")).toMatchObject({ width: 96, height: 48 });
    const small = new OffscreenCanvas(20, 20);
    small.getContext("2d")?.fillRect(0, 0, 20, 20);
    expect(await look((await iconToPng(await url(small))) ?? "")).toMatchObject({ width: 20, height: 20 });
  });

  it("that can't be drawn, or would never end, is left out with a notice, and stops no other", async () => {
    const bomb = `<g id="a">${RED}</g>${[..."bcdefghij"]
      .map((id, at) => `<g id="${id}">${`<use href="#${"abcdefghi"[at]}"/>`.repeat(10)}</g>`)
      .join("")}`;
    const icons = [
      svg(RED),
      "data:image/png;base64,AAAA",
      "https://tracker.example/icon.png",
      svg(bomb),
      null,
    ];
    const entries = icons.map((icon, at) => ({ draft: draft(at, { icon }), notices: [], line: null }));
    const drawn = await withDrawnIcons(entries, { signal: new AbortController().signal });
    expect(drawn.map((entry) => [entry.draft.icon === null, entry.notices])).toEqual([
      [false, []],
      [true, ["icon-left-out"]],
      [true, ["icon-left-out"]],
      [true, ["icon-left-out"]],
      [true, []],
    ]);
  });
});
