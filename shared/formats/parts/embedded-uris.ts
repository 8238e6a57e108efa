import { unescapeHtml } from "./html.ts";

/** Where an address begins, whatever stands before it; the slashes as PHP writes them in JSON, too. */
const BEGIN = /(?:apple-)?otpauth(?:-migration)?:\\?\/\\?\/|motp:\/\//gi;
/** What an address has that a text only mentions. */
const HAS_SECRET = /[?&;](?:secret|data)=/i;
/** What closes what opens right before an address. */
const CLOSING: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "<": ">",
  ">": "<",
  "(": ")",
  "[": "]",
  "«": "»",
  "“": "”",
};
const UNQUOTED_END = /[\s"'<>`]|,(?=(?:apple-)?otpauth|motp:)/i;
const MOST_CHARACTERS = 65_536;

/**
 * The OTP URIs that stand somewhere in a line of a text, amid quotes, brackets, markup or words. What opens before one says
 * what ends it; otherwise it ends at a blank, for that is where words go on.
 */
export function embeddedUris(line: string): string[] {
  const uris: string[] = [];
  let from = 0;
  for (const { 0: begin, index } of line.matchAll(BEGIN)) {
    // One within another is a part of it, and looking for its end again would never end.
    if (index < from) continue;
    const closing = CLOSING[line.charAt(index - 1)];
    const rest = line.slice(index, index + MOST_CHARACTERS);
    const end = closing === undefined ? rest.search(UNQUOTED_END) : closingAt(rest, closing);
    from = index + (end === -1 ? rest.length : end);
    const uri = withoutEscapes(end === -1 ? rest : rest.slice(0, end), begin);
    if (HAS_SECRET.test(uri)) uris.push(uri);
  }
  return uris;
}

/** A quote that is itself escaped, or doubled as in tables, closes nothing. */
function closingAt(rest: string, closing: string): number {
  for (let at = rest.indexOf(closing); at !== -1; at = rest.indexOf(closing, at + 1)) {
    if (rest[at - 1] === "\\") continue;
    if (closing !== '"' || rest[at + 1] !== '"') return at;
    at++;
  }
  return -1;
}

function withoutEscapes(uri: string, begin: string): string {
  const plain = begin.includes("\\") ? uri.replaceAll("\\/", "/") : uri;
  return unescapeHtml(plain)
    .replace(/[,;]+$/, "")
    .trim();
}
