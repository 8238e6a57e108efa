import QRCode from "qrcode";

/** Blank modules around a code, as the standard wants them. */
const QUIET = 4;

/**
 * One rectangle for each module, dark and light, in colours by name and without an XML head: so drawn, and so put into
 * a data URL as it is, where a "#" would end the picture.
 */
export function rectanglesSvg(text: string, scale = 5): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  const side = (modules.size + 2 * QUIET) * scale;
  const cells = Array.from({ length: modules.size + 2 * QUIET }, (_, index) => index - QUIET);
  const isDark = (row: number, column: number): boolean =>
    Math.min(row, column) >= 0 && Math.max(row, column) < modules.size && modules.get(row, column) === 1;
  const rectangles = cells.flatMap((row) =>
    cells.map((column) => {
      const place = `x="${(column + QUIET) * scale}" y="${(row + QUIET) * scale}"`;
      const colour = isDark(row, column) ? "black" : "white";
      return `<rect ${place} width="${scale}" height="${scale}" style="fill:${colour};stroke:none"/>`;
    }),
  );
  return `<svg width="${side}" height="${side}" xmlns="http://www.w3.org/2000/svg">${rectangles.join("")}</svg>`;
}

/** One path of strokes, a line for each run of dark modules, on nothing: the page's own background shows through. */
export function strokesSvg(text: string, scale = 4): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  const side = (modules.size + 2 * QUIET) * scale;
  const runs: string[] = [];
  for (let row = 0; row < modules.size; row++) {
    const line = Array.from({ length: modules.size }, (_, column) =>
      modules.get(row, column) === 1 ? "1" : "0",
    );
    for (const run of line.join("").matchAll(/1+/g))
      runs.push(`M${run.index + QUIET} ${row + QUIET + 0.5}h${run[0].length}`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><path transform="scale(${scale})" stroke="#000" d="${runs.join("")}"/></svg>`;
}
