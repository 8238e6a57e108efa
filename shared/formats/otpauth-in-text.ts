import { err, ok } from "../result.ts";
import type { Format } from "./format.ts";
import { readOtpauthList } from "./otpauth-list.ts";
import { embeddedUris } from "./parts/embedded-uris.ts";

/** What nobody writes by hand, and no page of a program is. */
const MOST_CHARACTERS = 32_000_000;
const MOST_URIS = 100_000;

/**
 * Any text in which OTP URIs stand amid other things: lines in quotes, a column of a table, a list of a page or of
 * Markdown, a file of settings. Tried when no format knows the text; what stands around them is not looked at.
 */
export const otpauthInTextFormat = {
  id: "otpauth-in-text",
  recognise: ({ text }) => text !== null && hasUri(text) && text.split(/[\r\n]/).some(hasEmbedded),
  read: async ({ text }) => {
    if (text === null) return err("corrupt");
    if (text.length > MOST_CHARACTERS) return err("too-large");
    const lines = text.split(/\r\n|\r|\n/).flatMap((line, at) => {
      const uris = hasUri(line) ? embeddedUris(line) : [];
      return uris.map((uri) => ({ uri: uri.replace(/\s+/g, " "), line: at + 1 }));
    });
    // Pages show an address and lead to it: once is enough.
    const once = [...new Map(lines.map((line) => [line.uri, line])).values()];
    if (once.length > MOST_URIS) return err("too-large");
    if (once.length === 0) return err("nothing-found");
    const read = readOtpauthList(once.map(({ uri }) => uri).join("\n"));
    const inPlace = <T extends { readonly line: number | null }>(one: T): T => {
      return { ...one, line: once[(one.line ?? 0) - 1]?.line ?? null };
    };
    return ok({ ...read, entries: read.entries.map(inPlace), rejected: read.rejected.map(inPlace) });
  },
  write: null,
} as const satisfies Format;

function hasEmbedded(line: string): boolean {
  return hasUri(line) && embeddedUris(line).length > 0;
}

/** Asked one after the other: one expression for both would look ahead from each of a million beginnings. */
function hasUri(text: string): boolean {
  return /otpauth(?:-migration)?:\\?\/\\?\/|motp:\/\//i.test(text) && /(?:secret|data)=/i.test(text);
}
