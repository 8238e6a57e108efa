import { expect, test } from "vitest";
import { parseDataUrl } from "../../../extension/scan/data-url.ts";
import { dataUrlToPixels, svgToPixels } from "../../../extension/scan/image-pixels.ts";
import { readElement } from "../../../extension/scan/read-element.ts";
import { withoutOutsideReferences } from "../../../extension/scan/svg-text.ts";
import { ALICE, qrCanvas, qrSvg } from "./qr-picture.ts";

async function codesOf(pixels: ReturnType<typeof dataUrlToPixels>): Promise<string[]> {
  const read = await pixels;
  if (!read.ok) throw new Error(read.error);
  const texts: string[] = [];
  readElement(read.value, ({ text }) => texts.push(text));
  return texts;
}

test("a data URL is taken apart, base64 or percent-encoded, with any parameters", () => {
  expect(parseDataUrl("data:image/PNG;base64,AQID")).toEqual({
    ok: true,
    value: { mime: "image/png", bytes: new Uint8Array([1, 2, 3]) },
  });
  expect(parseDataUrl("data:;base64,AQ%3D%3D")).toEqual({
    ok: true,
    value: { mime: "text/plain", bytes: new Uint8Array([1]) },
  });
  const svg = parseDataUrl("data:image/svg+xml;charset=utf-8,%3Csvg fill='%E4%B8%AD' width='10%'/>");
  expect(svg.ok && new TextDecoder().decode(svg.value.bytes)).toBe("<svg fill='中' width='10%'/>");
  for (const bad of ["https://example.com/qr.png", "data:image/png", "data:image/png;base64,*"]) {
    expect(parseDataUrl(bad)).toEqual({ ok: false, error: "not-data-url" });
  }
});

test("pictures in data URLs are read: PNG, JPEG, SVG in base64 and as text", async () => {
  const canvas = qrCanvas(ALICE);
  const svg = qrSvg(ALICE);
  for (const url of [
    canvas.toDataURL("image/png"),
    canvas.toDataURL("image/jpeg", 0.6),
    canvas.toDataURL("image/webp"),
    `data:image/svg+xml;base64,${btoa(svg)}`,
    `data:image/svg+xml,${encodeURIComponent(svg)}`,
  ]) {
    expect(await codesOf(dataUrlToPixels(url)), url.slice(0, 30)).toEqual([ALICE]);
  }
});

test("an SVG without size and namespace, as a page may hold it, is drawn large enough", async () => {
  const bare = qrSvg(ALICE).replace(' xmlns="http://www.w3.org/2000/svg"', "");
  expect(await codesOf(svgToPixels(bare, { width: 40, height: 40 }))).toEqual([ALICE]);
});

test("what is no picture says so", async () => {
  for (const url of [
    "data:text/html,<h1>hello",
    "data:image/png;base64,AAAA",
    "https://example.com/x.png",
    "",
  ]) {
    expect(await dataUrlToPixels(url), url).toEqual({ ok: false, error: "not-an-image" });
  }
});

test("a picture of more than a hundred million pixels is not drawn", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>';
  expect(await svgToPixels(svg, null)).toEqual({ ok: false, error: "too-large" });
});

const HOSTILE = `<?xml version="1.0"?><?xml-stylesheet href="https://evil.example/a.css"?>
<!DOCTYPE svg [<!ENTITY x SYSTEM "https://evil.example/b">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="fetch('https://evil.example/c')" viewBox="0 0 9 9">
<script>fetch("https://evil.example/d")</script><script href="https://evil.example/e"/>
<style>@import "https://evil.example/f"; rect { fill: url(https://evil.example/g#a) }</style>
<style>rect { fill: u\\72l(https://evil.example/h) }</style>
<image href="https://evil.example/i.png" width="9" height="9"/><image xlink:href='//evil.example/j.png'/>
<use xlink:href="https://evil.example/k.svg#a"/><feImage href="&#104;ttps://evil.example/l"/>
<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example/m"></iframe></foreignObject>
<rect fill="url( 'https://evil.example/n' )" style="filter: url(https://evil.example/o)" width="9" height="9"/>
<use href="#here"/><rect fill="url(#here)"/><image href="data:image/png;base64,AAAA"/></svg>`;

test("everything that could reach out of an SVG is gone, and what points inside stays", () => {
  const safe = withoutOutsideReferences(HOSTILE);
  expect(safe).not.toMatch(/evil\.example/);
  expect(safe).not.toMatch(/<script|foreignObject|onload|ENTITY|@import/);
  expect(safe).toContain('<use href="#here"/>');
  expect(safe).toContain('fill="url(#here)"');
  expect(safe).toContain('href="data:image/png;base64,AAAA"');
});

test("a style sheet is judged whole, whatever its comments look like", () => {
  const svg = '<svg><style>/* <a/> */ @import "https://evil.example/a";</style><rect/></svg>';
  expect(withoutOutsideReferences(svg)).toBe("<svg><rect/></svg>");
});

// Each of these took from minutes to hours at this size: a page could hang the popup with one comment in a picture.
for (const start of [
  "<script ",
  "<!DOCTYPE[",
  "<!DOCTYPE ",
  "<?a ",
  "<style ",
  "url(",
  "url( ",
  "<svg ",
  ' href="',
]) {
  test(`a picture of megabytes of ${JSON.stringify(start)} does not keep the page busy`, async () => {
    const megabytes = start.repeat(2_000_000 / start.length);
    const begun = performance.now();
    await svgToPixels(`<svg><!--${megabytes}--></svg>`, null);
    await svgToPixels(megabytes, null);
    await svgToPixels(`<svg fill="${start}${" ".repeat(500_000)}"/>`, null);
    expect(performance.now() - begun).toBeLessThan(30_000);
  });
}

const LEVELS = Array.from({ length: 12 }, (_, level) => level);
const TEN = Array.from({ length: 10 });
const inSvg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">${content}</svg>`;

// Each draws a billion shapes and more; the browser can't be stopped while it does.
test.each([
  [
    "uses of uses",
    `<g id="a0"><rect width="9" height="9"/></g>${LEVELS.map((n) => `<g id="a${n + 1}">${TEN.map(() => `<use href="#a${n}"/>`).join("")}</g>`).join("")}`,
  ],
  [
    "uses of uses by the older attribute, in reverse order and escaped",
    `${LEVELS.map((n) => `<g id="b${n}">${TEN.map(() => `<use xlink:href="#%62${n + 1}"/>`).join("")}</g>`).join("")}<g id="b12"><rect width="9" height="9"/></g>`,
  ],
  [
    "patterns of patterns",
    `${LEVELS.map((n) => `<pattern id="p${n}" width="1" height="1">${TEN.map((_, x) => `<rect x="${x}" width="9" height="9" fill="url(#p${n + 1})"/>`).join("")}</pattern>`).join("")}<rect width="99" height="99" fill="url('#p0')"/>`,
  ],
  [
    "patterns of patterns by a style sheet",
    `<style>${LEVELS.map((n) => `.c${n} { fill: url(#p${n}) }`).join("")}</style>${LEVELS.map((n) => `<pattern id="p${n}" width="1" height="1">${TEN.map(() => `<rect class="c${n + 1}" width="9" height="9"/>`).join("")}</pattern>`).join("")}<rect width="99" height="99" class="c0"/>`,
  ],
  [
    "masks of masks",
    `${LEVELS.map((n) => `<mask id="m${n}">${TEN.map(() => `<rect width="9" height="9" style="mask: url(#m${n + 1})"/>`).join("")}</mask>`).join("")}<rect width="99" height="99" mask="url(#m0)"/>`,
  ],
  [
    "thousands of filters",
    `<filter id="f"><feGaussianBlur stdDeviation="50"/></filter>${"<g filter='url(#f)'>".repeat(200)}<rect width="9" height="9"/>${"</g>".repeat(200)}`,
  ],
])("%s are not drawn", async (_, content) => {
  const begun = performance.now();
  expect(await svgToPixels(inSvg(content), null)).toEqual({ ok: false, error: "too-large" });
  expect(performance.now() - begun).toBeLessThan(20_000);
});

test("a code of one use a module, and a group with clip path and gradient, is drawn", async () => {
  const canvas = qrCanvas(ALICE);
  const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
  let modules = "";
  for (let y = 0; y < canvas.height; y += 2)
    for (let x = 0; x < canvas.width; x += 2)
      if ((pixels?.data[(y * canvas.width + x) * 4] ?? 255) < 128)
        modules += `<use href="#m" x="${x}" y="${y}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${canvas.width} ${canvas.height}">
<defs><linearGradient id="ink"><stop stop-color="#000"/><stop offset="1" stop-color="#234"/></linearGradient>
<clipPath id="frame"><rect width="100%" height="100%"/></clipPath><rect id="m" width="2" height="2"/></defs>
<rect width="100%" height="100%" fill="#fff"/><g clip-path="url(#frame)"><g fill="url(#ink)">${modules}</g></g></svg>`;
  expect(await codesOf(svgToPixels(svg, null))).toEqual([ALICE]);
});

test("an SVG with a code among hostile parts is still read", async () => {
  const hostile = qrSvg(ALICE).replace(
    "<rect",
    '<script>top.hacked = true</script><image href="https://evil.example/x.png" width="9" height="9"/><rect',
  );
  expect(await codesOf(svgToPixels(hostile, null))).toEqual([ALICE]);
  expect("hacked" in globalThis).toBe(false);
});
