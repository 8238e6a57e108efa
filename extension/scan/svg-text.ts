/**
 * Takes everything out of an SVG that could reach beyond it: scripts, embedded HTML, style sheets by address, and
 * every reference but those into itself (#id) and data: URLs. References inside data: URLs cannot reach out either:
 * a picture in a picture loads nothing.
 *
 * A browser that shows an SVG as an image loads none of this anyway ("secure static mode", SVG 2 section 2.2.3). This
 * is the second fence, and errs on the strict side: what is unsure is removed.
 */
export function withoutOutsideReferences(svg: string): string {
  return svg
    .replace(/<!DOCTYPE(?:[^>[]*\[[\s\S]*?\])?[^>]*>/gi, "")
    .replace(/<\?(?!xml\s)[\s\S]*?\?>/g, "")
    .replace(/<((?:\w+:)?(?:script|foreignObject|iframe|handler|listener))\b[\s\S]*?(?:<\/\1\s*>|\/>)/gi, "")
    .replace(/\s(?:[\w-]+:)?(?:href|src|base)\s*=\s*("[^"]*"|'[^']*')/gi, keepLocalReference)
    .replace(/\son[a-z]+\s*=\s*("[^"]*"|'[^']*')/gi, "")
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, (style) => (isSafeCss(style) ? style : ""))
    .replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, (style) => (isSafeCss(style) ? style : ""))
    .replace(/url\(\s*(?:&quot;|&apos;|["'])?\s*(?!#|data:)[^)]*\)/gi, "none");
}

function keepLocalReference(attribute: string, quoted: string): string {
  return /^["']\s*(?:#|data:image\/(?:png|jpeg|gif|webp|bmp)[;,])/i.test(quoted) ? attribute : "";
}

/** Escapes could spell `url(` or `@import` in ways the patterns above do not see: such CSS goes as a whole. */
function isSafeCss(css: string): boolean {
  return !/\\|@import|@namespace|image-set|&#|\bsrc\s*\(/i.test(css);
}
