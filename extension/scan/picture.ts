import type { LikelyCode } from "./likely-codes.ts";

/**
 * What a picture shows, which decides how it is looked at: "element" one thing of the page that may be a code and
 * nothing else (its own pixels, or cut out of the screenshot), "scene" anything (a screenshot, a photo, a file), "rest" a
 * scene of which codes were read already, looked at for further ones, "area" what a person drew a frame around, which is
 * worth more time.
 */
export type PictureKind = "element" | "scene" | "rest" | "area";

/** What the looking came to: how many codes were read, and where one was seen that could not be read. */
export type PictureReading = { readonly codes: number; readonly unread: readonly LikelyCode[] };

/** The most codes looked for in one picture. */
export const MOST_CODES = 16;
