import { encodeQR } from "qr";

/** The light modules that a reader needs around a code (ISO/IEC 18004, section 6.3.8). */
const QUIET_ZONE = 4;

/**
 * A QR code as an SVG path: one unit for each module, quiet zone included.
 *
 * @param correction "medium" for paper, which gets creased; "low" for screens, where fewer modules are larger ones
 * @returns the path of the dark modules, and the width of the whole in modules
 */
export function qrPath(
  text: string,
  correction: "low" | "medium",
): { readonly path: string; readonly size: number } {
  const modules = encodeQR(text, "raw", { ecc: correction, border: QUIET_ZONE });
  const path = modules
    .flatMap((row, y) =>
      row.flatMap((dark, x) => {
        if (!dark || row[x - 1]) return [];
        const light = row.indexOf(false, x);
        return [`M${x} ${y}h${(light === -1 ? row.length : light) - x}v1H${x}z`];
      }),
    )
    .join("");
  return { path, size: modules.length };
}
