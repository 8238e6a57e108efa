import { contrast } from "./contrast.ts";

/** The colour a mark is drawn in, on the colour of its service. */
export type Ink = "light" | "dark";

export const INK_COLOURS: Record<Ink, string> = { light: "#ffffff", dark: "#14201f" };

/** WCAG 2.2, 1.4.11: what a graphic needs against what it stands on. */
const GRAPHIC_CONTRAST = 3;

/** White, as services mostly draw themselves, wherever it can be told from the ground; else dark. */
export function inkOn(colour: string): Ink {
  return contrast(INK_COLOURS.light, colour) >= GRAPHIC_CONTRAST ? "light" : "dark";
}
