import { afterEach, describe, expect, test } from "vitest";
import {
  clearPage,
  codesOf,
  FOREIGN_PICTURE,
  loaded,
  onlyElement,
  png,
  reading,
  show,
  svgUrl,
} from "./page-fixture.ts";
import { ALICE, qrCanvas, qrSvg } from "./qr-picture.ts";

afterEach(clearPage);

describe("what a page shows a code with", () => {
  test.each([
    ["img", () => `<img src="${png()}" width="80" height="80">`],
    ["img", () => `<img src="${svgUrl()}" width="80" height="80">`],
    ["img", () => `<picture><source srcset="${png()} 2x"><img alt="" width="80"></picture>`],
    ["svg", () => qrSvg(ALICE).replace("<svg", '<svg style="width:80px;height:80px"')],
    [
      "background",
      () => `<div style="width:90px;height:90px;background:#fff url('${png()}') 0/contain"></div>`,
    ],
    [
      "background",
      () =>
        `<a style="display:block;width:90px;height:90px;background-image:url(&quot;${svgUrl()}&quot;)"></a>`,
    ],
    ["input", () => `<input type="image" alt="" src="${png()}" width="80" height="80">`],
    ["object", () => `<object type="image/svg+xml" data="${svgUrl()}" width="90" height="90"></object>`],
    ["object", () => `<embed type="image/png" src="${png()}" width="90" height="90">`],
    ["video", () => `<video poster="${png()}" width="90" height="90"></video>`],
  ] as const)("%s: its pixels are read, however small it is shown", async (kind, markup) => {
    await show(markup());
    const element = await onlyElement();
    expect(element.kind).toBe(kind);
    expect(await codesOf(element)).toEqual([ALICE]);
  });

  test("canvas: its pixels are read", async () => {
    document.body.append(qrCanvas(ALICE));
    const element = await onlyElement();
    expect(element).toMatchObject({ kind: "canvas", isVisible: true });
    expect(await codesOf(element)).toEqual([ALICE]);
  });

  test("inline SVG keeps the colours that the page's style sheet gives it", async () => {
    const colourless = qrSvg(ALICE)
      .replace("<rect", '<rect class="ground"')
      .replace("<path", '<path class="squares"');
    await show(
      `<style>.ground { fill: #103020 } .squares { fill: #fff }</style>${colourless.replace('fill="#fff"', "")}`,
    );
    document.querySelector("svg")?.setAttribute("style", "width: 200px; height: 200px");
    const element = await onlyElement();
    const text = element.content?.kind === "svg" ? element.content.text : "";
    expect(text).toContain("rgb(16, 48, 32)");
    expect(await codesOf(element)).toEqual([ALICE]);
  });

  test("tables, preformatted text and other origins' frames are named with their place only", async () => {
    await show(
      `<table style="width:120px;height:120px"><tr><td>x</td></tr></table><pre style="width:100px;height:100px">▀▄</pre>
       <iframe sandbox src="https://frame.example/qr" style="width:300px;height:100px;border:0"></iframe>`,
    );
    const { elements } = reading();
    expect(elements.map(({ kind, content }) => [kind, content]).sort()).toEqual([
      ["frame", null],
      ["table", null],
      ["text", null],
    ]);
    expect(elements.find(({ kind }) => kind === "frame")?.frameUrl).toBe("https://frame.example/qr");
  });

  test("a picture of another origin is named with its place, and a canvas it was drawn on too", async () => {
    await show(
      `<img src="${FOREIGN_PICTURE}" width="100" height="100"><canvas width="100" height="100"></canvas>`,
    );
    const image = document.querySelector("img");
    expect(image?.naturalWidth).toBe(128);
    const canvas = document.querySelector("canvas");
    if (image !== null) canvas?.getContext("2d")?.drawImage(image, 0, 0);
    expect(() => canvas?.toDataURL()).toThrow();
    const { elements } = reading();
    expect(elements.map(({ kind, content }) => [kind, content]).sort()).toEqual([
      ["canvas", null],
      ["img", null],
    ]);
  });
});

describe("where it is", () => {
  test("boxes are told from the corner of what is seen, and what is scrolled away is told as such", async () => {
    document.body.style.margin = "0";
    await show(
      `<div style="height:3000px;position:relative">
         <img src="${png()}" style="position:absolute;left:30px;top:40px;width:100px;height:110px">
         <img src="${svgUrl()}" style="position:absolute;left:30px;top:2500px;width:100px;height:100px"></div>`,
    );
    scrollTo(0, 15);
    const { elements, viewport } = reading();
    expect(elements.map(({ box, isVisible }) => ({ box, isVisible }))).toEqual([
      { box: { x: 30, y: 25, width: 100, height: 110 }, isVisible: true },
      { box: { x: 30, y: 2485, width: 100, height: 100 }, isVisible: false },
    ]);
    expect(viewport).toEqual({ width: innerWidth, height: innerHeight, devicePixelRatio });
  });

  test("open shadow roots are looked into, one inside the other", async () => {
    document.body.innerHTML = "<div></div>";
    const outer = document.querySelector("div")?.attachShadow({ mode: "open" });
    if (outer === undefined) throw new Error("no root");
    outer.innerHTML = "<section></section>";
    const inner = outer.querySelector("section")?.attachShadow({ mode: "open" });
    if (inner === undefined) throw new Error("no root");
    await show(`<img src="${png()}" width="90" height="90">`, inner);
    expect(await codesOf(await onlyElement())).toEqual([ALICE]);
  });

  test("frames of the same origin are looked into, and their places added up", async () => {
    document.body.style.margin = "0";
    document.body.innerHTML = `<iframe style="position:absolute;left:50px;top:60px;width:300px;height:300px;border:5px solid;padding:7px"></iframe>`;
    const frame = document.querySelector("iframe");
    const inside = frame?.contentDocument;
    if (!inside) throw new Error("no document");
    inside.body.style.margin = "0";
    inside.body.innerHTML = `<iframe style="position:absolute;left:10px;top:10px;width:200px;height:200px;border:0"></iframe>`;
    const innermost = inside.querySelector("iframe")?.contentDocument;
    if (!innermost) throw new Error("no document");
    innermost.body.innerHTML = `<img src="${png()}" style="position:absolute;left:1px;top:2px;width:100px;height:100px">`;
    await loaded(innermost);
    const element = await onlyElement();
    expect(element.box).toEqual({ x: 50 + 5 + 7 + 10 + 1, y: 60 + 5 + 7 + 10 + 2, width: 100, height: 100 });
    expect(await codesOf(element)).toEqual([ALICE]);
  });

  test("a frame that is drawn smaller scales what is in it", async () => {
    document.body.style.margin = "0";
    document.body.innerHTML = `<iframe style="position:absolute;left:0;top:0;width:400px;height:400px;border:0;transform:scale(0.5);transform-origin:0 0"></iframe>`;
    const inside = document.querySelector("iframe")?.contentDocument;
    if (!inside) throw new Error("no document");
    inside.body.innerHTML = `<img src="${png()}" style="position:absolute;left:100px;top:40px;width:100px;height:100px">`;
    await loaded(inside);
    expect((await onlyElement()).box).toEqual({ x: 50, y: 20, width: 50, height: 50 });
  });
});

describe("what is left out", () => {
  test.each([
    [
      "what is hidden",
      () =>
        `<img src="${png()}" style="visibility:hidden"><div style="opacity:0"><img src="${png()}"></div><div hidden><img src="${png()}"></div>`,
    ],
    ["what is smaller than a code can be", () => `<img src="${png()}" width="19" height="19">`],
    ["what has another shape than a code", () => `<img src="${png()}" width="300" height="100">`],
    ["a frame that is hidden", () => `<iframe style="display:none" srcdoc="<img src='${png()}'>"></iframe>`],
    ["other inputs", () => `<input type="text" value="x" style="width:100px;height:100px">`],
  ])("%s", async (_, markup) => {
    await show(markup());
    expect(reading().elements).toEqual([]);
  });
});
