import { findCodes } from "../../../extension/scan/find-codes.ts";

/** What a reader makes of a QR code that is drawn as an SVG, with four pixels a module; "" where it reads nothing. */
export async function scannedSvg(svg: SVGSVGElement | null): Promise<string> {
  if (!svg) throw Error("no code is shown");
  const side = 4 * svg.viewBox.baseVal.width;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", `${side}`);
  copy.setAttribute("height", `${side}`);
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await picture.decode();
  const context = new OffscreenCanvas(side, side).getContext("2d");
  if (context === null) throw Error("no canvas");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, side, side);
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, side, side);
  const found: string[] = [];
  findCodes({ data, width: side, height: side }, 1, (code) => found.push(code.text));
  return found[0] ?? "";
}
