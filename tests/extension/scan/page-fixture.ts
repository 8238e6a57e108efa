import { expect } from "vitest";
import { dataUrlToPixels, svgToPixels } from "../../../extension/scan/image-pixels.ts";
import { readPage } from "../../../extension/scan/page/read-page.ts";
import { type PageElement, pageReadingSchema } from "../../../extension/scan/page-reading.ts";
import { readElement } from "../../../extension/scan/read-element.ts";
import { ALICE, qrCanvas, qrSvg } from "./qr-picture.ts";

/** The same code as PNG and as SVG, in data URLs. */
export const png = () => qrCanvas(ALICE).toDataURL();
export const svgUrl = () => `data:image/svg+xml,${encodeURIComponent(qrSvg(ALICE))}`;

/** Leaves the page empty for the next test. */
export function clearPage(): void {
  document.body.replaceChildren();
  document.body.removeAttribute("style");
  scrollTo(0, 0);
}

/** A picture of the page's server under another origin: the browser shows it, but lets no script read it. */
export const FOREIGN_PICTURE = `http://localhost:${location.port}/extension/public/icons/128.png`;

export async function show(markup: string, into: Element | ShadowRoot = document.body): Promise<void> {
  into.innerHTML = markup;
  await loaded(into);
}

export async function loaded(root: Element | ShadowRoot | Document): Promise<void> {
  const images = [...root.querySelectorAll("img")].filter((image) => !image.complete);
  const others = [...root.querySelectorAll("object, embed")];
  await Promise.all(
    [...images, ...others].map(
      (element) =>
        new Promise((resolve) => {
          element.addEventListener("load", resolve);
          element.addEventListener("error", resolve);
        }),
    ),
  );
}

/** As it arrives in our page: through JSON and the schema. */
export function reading() {
  return pageReadingSchema.parse(JSON.parse(JSON.stringify(readPage(window))));
}

export async function codesOf({ content, box }: PageElement): Promise<string[]> {
  if (content === null) return [];
  const pixels =
    content.kind === "svg" ? await svgToPixels(content.text, box) : await dataUrlToPixels(content.dataUrl);
  const texts: string[] = [];
  if (pixels.ok) readElement(pixels.value, ({ text }) => texts.push(text));
  return texts;
}

export async function onlyElement(): Promise<PageElement> {
  const { elements } = reading();
  expect(elements).toHaveLength(1);
  const [element] = elements;
  if (element === undefined) throw new Error("no element");
  return element;
}
