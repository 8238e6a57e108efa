/**
 * Takes everything out of an SVG that could reach beyond it: scripts, embedded HTML, style sheets by address, animations
 * (they may set any attribute), and every reference but those into itself (#id) and data: URLs. References inside data: URLs cannot reach out either:
 * a picture in a picture loads nothing.
 *
 * A browser that shows an SVG as an image loads none of this anyway ("secure static mode", SVG 2 section 2.2.3). This
 * is the second fence, and errs on the strict side: what is unsure is removed.
 */
export function withoutOutsideReferences(svg: string): string {
  return withoutEmbedded(withoutSpans(withoutDoctype(svg), /<\?(?!xml\s)/g, () => /\?>/g))
    .replace(/\s(?:[\w-]+:)?(?:href|src|base)\s*=\s*("[^"]*"|'[^']*')/gi, keepLocalReference)
    .replace(/\son[a-z]+\s*=\s*("[^"]*"|'[^']*')/gi, "")
    .replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, (style) => (isSafeCss(style) ? style : ""))
    .replace(/url\((?!\s*(?:(?:&quot;|&apos;|["'])\s*)?(?:#|data:))[^()]*\)?/gi, "none");
}

function withoutDoctype(svg: string): string {
  return withoutSpans(svg, /<!DOCTYPE[^>[]*/gi, (_, after) => (svg[after] === "[" ? /\][^>]*>/g : />/g));
}

function withoutEmbedded(svg: string): string {
  const embedded = /<((?:\w+:)?(?:script|foreignObject|iframe|handler|listener|style|set|animate\w*))\b/gi;
  return withoutSpans(
    svg,
    embedded,
    // What looks like the end of an empty tag may stand in a style sheet's comment.
    ([, name = ""]) => new RegExp(/style$/i.test(name) ? `</${name}\\s*>` : `</${name}\\s*>|/>`, "gi"),
    (span) => (/^<(?:\w+:)?style\b/i.test(span) && isSafeCss(span) ? span : ""),
  );
}

/**
 * Replaces each span from a start to its end, going through the text once: a pattern that looks for both together
 * takes hours over megabytes of starts without an end, and a page may send just that. What does not end goes up to the
 * end of the text.
 */
function withoutSpans(
  text: string,
  start: RegExp,
  endOf: (start: RegExpExecArray, after: number) => RegExp,
  replace: (span: string) => string = () => "",
): string {
  let kept = "";
  let at = 0;
  while (at < text.length) {
    start.lastIndex = at;
    const found = start.exec(text);
    if (found === null) break;
    const end = endOf(found, start.lastIndex);
    end.lastIndex = start.lastIndex;
    const next = end.exec(text) === null ? text.length : end.lastIndex;
    kept += text.slice(at, found.index) + replace(text.slice(found.index, next));
    at = next;
  }
  return kept + text.slice(at);
}

function keepLocalReference(attribute: string, quoted: string): string {
  return /^["']\s*(?:#|data:image\/(?:png|jpeg|gif|webp|bmp)[;,])/i.test(quoted) ? attribute : "";
}

/** Escapes could spell `url(` or `@import` in ways the patterns above do not see: such CSS goes as a whole. */
function isSafeCss(css: string): boolean {
  return !/\\|@import|@namespace|image-set|&#|\bsrc\s*\(/i.test(css);
}
