import { err } from "../result.ts";
import type { Format } from "./format.ts";
import { readFields } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { textOfHtml } from "./parts/html.ts";

/**
 * The page that Ente Auth writes for printing (html_export.dart): for each code its names and what it is made of, but
 * neither period nor counter, which only its pictures of QR codes say. The first versions had the secret in the picture
 * alone.
 */
export const entePageFormat = {
  id: "ente-page",
  recognise: ({ text }) => text !== null && ENTRY.test(text) && />\s*OTP Data Export\s*</i.test(text),
  read: async ({ text }) => {
    const entries = (text ?? "").split(ENTRY).slice(1).map(linesOf);
    const withSecret = entries.filter((lines) => lines.some((line) => SECRET.test(line)));
    if (withSecret.length === 0) return err(entries.length > 0 ? "pictures-only" : "nothing-found");
    const read = entries.map((lines) => {
      const said = (label: RegExp) => lines.find((line) => label.test(line))?.replace(label, "") ?? "";
      const [issuer, account] = lines;
      return readFields({
        type: said(/^Type:\s*(?:Type\.)?/),
        issuer,
        account,
        secret: said(SECRET),
        algorithm: said(/^Algorithm:\s*/),
        digits: said(/^Digits:\s*/),
        note: said(/^Note:\s*/),
      });
    });
    const isAssumed = read.some((entry) => entry.ok && entry.value.draft.type === "totp");
    return gatherEntries(read, isAssumed ? ["period-assumed-30"] : []);
  },
  write: null,
} as const satisfies Format;

const ENTRY = /<(?:div|table) class="otp-entry">/;
const SECRET = /^(?:Recovery Code|Secret):\s*/;

/** The paragraphs of an entry, up to its picture; the first two are its names, whatever they are. */
function linesOf(entry: string): string[] {
  const [before = ""] = entry.split("<img", 1);
  return before
    .split(/<p(?:\s[^>]*)?>/)
    .slice(1)
    .map(textOfHtml);
}
