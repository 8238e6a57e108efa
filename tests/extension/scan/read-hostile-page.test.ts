import { afterEach, expect, test } from "vitest";
import { dataUrlToPixels } from "../../../extension/scan/image-pixels.ts";
import { MOST_ELEMENTS } from "../../../extension/scan/page-limits.ts";
import type { PageElement } from "../../../extension/scan/page-reading.ts";
import {
  clearPage,
  codesOf,
  FOREIGN_PICTURE,
  onlyElement,
  png,
  reading,
  show,
  svgUrl,
} from "./page-fixture.ts";
import { ALICE, BOB, qrCanvas, qrSvg } from "./qr-picture.ts";

afterEach(clearPage);

test("ten thousand pictures: the likeliest come back, soon", async () => {
  const dull = `<img src="${qrCanvas(BOB, { scale: 1, margin: 0 }).toDataURL()}" width="30" height="60">`;
  await show(`${dull.repeat(10_000)}<img class="two-factor-qr" src="${png()}" width="180" height="180">`);
  const start = performance.now();
  const { elements } = reading();
  expect(performance.now() - start).toBeLessThan(30_000);
  expect(elements).toHaveLength(MOST_ELEMENTS);
  expect(elements[0]?.box?.width).toBe(180);
  expect(await codesOf(elements[0] as PageElement)).toEqual([ALICE]);
});

test("a huge canvas comes back smaller", async () => {
  const canvas = document.createElement("canvas");
  canvas.width = 7000;
  canvas.height = 7000;
  canvas.getContext("2d")?.drawImage(qrCanvas(ALICE, { scale: 200 }), 0, 0);
  canvas.style.width = "200px";
  document.body.append(canvas);
  const element = await onlyElement();
  const pixels = await dataUrlToPixels(element.content?.kind === "image" ? element.content.dataUrl : "");
  expect(pixels.ok && pixels.value.width).toBeLessThan(1700);
});

test("elements named like the functions a script calls change nothing", async () => {
  await show(
    `<img name="createTreeWalker" src="${png()}" width="100" height="100"><img name="createElement" hidden>
     <form style="display:block;width:100px;height:100px"><input name="getBoundingClientRect"><input name="checkVisibility">
     <input name="shadowRoot"><input name="localName"><input name="getAttribute"><img src="${svgUrl()}" width="90" height="90"></form>`,
  );
  expect(Reflect.get(document, "createTreeWalker")).toBeInstanceOf(HTMLImageElement);
  const { elements } = reading();
  expect(elements.map(({ kind }) => kind)).toEqual(["img", "img"]);
  expect(await codesOf(elements[0] as PageElement)).toEqual([ALICE]);
});

test("scripts and style sheets of an SVG stay behind", async () => {
  await show(
    qrSvg(ALICE).replace(
      "<rect",
      '<script>1</script><style>@import "https://evil.example/x"</style><foreignObject><p>x</p></foreignObject><rect',
    ),
  );
  document.querySelector("svg")?.setAttribute("style", "width: 200px; height: 200px");
  const element = await onlyElement();
  const text = element.content?.kind === "svg" ? element.content.text : "";
  expect(text).toContain("<path");
  expect(text).not.toMatch(/script|foreignObject|evil|<style/);
});

test("a very deep page does not end the search", async () => {
  let deepest: Element = document.body;
  for (let depth = 0; depth < 2_000; depth++) deepest = deepest.appendChild(document.createElement("div"));
  await show(`<img src="${png()}" width="100" height="100">`, deepest);
  expect(await codesOf(await onlyElement())).toEqual([ALICE]);
});

test("reading fetches nothing and changes nothing", async () => {
  await show(
    `<img src="${FOREIGN_PICTURE}" width="100" height="100"><img src="${png()}" width="90" height="90">
     <div style="width:90px;height:90px;background:url(${FOREIGN_PICTURE})"></div>
     <svg width="90" height="90"><image href="${FOREIGN_PICTURE}?in-svg" width="90" height="90"/></svg>`,
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  const before = performance.getEntriesByType("resource").length;
  const page = document.documentElement.outerHTML;
  const { elements } = reading();
  for (const element of elements) await codesOf(element);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(elements).toHaveLength(4);
  expect(performance.getEntriesByType("resource").slice(before)).toEqual([]);
  expect(document.documentElement.outerHTML).toBe(page);
});
