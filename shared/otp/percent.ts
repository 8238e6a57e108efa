/**
 * Percent-decodes once, keeping what can't be decoded as it stands: "100%", "%ZZ" and bytes that are not UTF-8 are
 * found in labels of real products, where decodeURIComponent would throw the whole account away. "+" stays "+".
 */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun);
}

/** As decodePercent, with "+" as a blank: how forms write a query. */
export function decodeQueryPart(text: string): string {
  return decodePercent(text.replaceAll("+", " "));
}

/** Percent-encodes everything that has a meaning in a URI; a lone surrogate becomes U+FFFD. */
export function encodePercent(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Decodes a run of %XX: each well-formed UTF-8 sequence of it, the rest untouched. */
function decodeRun(run: string): string {
  let decoded = "";
  let at = 0;
  while (at < run.length) {
    const length = 3 * utf8Length(Number.parseInt(run.slice(at + 1, at + 3), 16));
    const escapes = run.slice(at, at + length);
    try {
      decoded += decodeURIComponent(escapes);
      at += escapes.length;
    } catch {
      decoded += run.slice(at, at + 3);
      at += 3;
    }
  }
  return decoded;
}

/** How many bytes the UTF-8 sequence has that begins with this one (RFC 3629 section 3). */
function utf8Length(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
