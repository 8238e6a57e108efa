const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** Resolves what programs escape in the pages that they write; what is no such escape stays as it stands. */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}

/** What a piece of a page says, its tags taken out. */
export function textOfHtml(html: string): string {
  return unescapeHtml(html.replace(/<[^<>]*>/g, "")).trim();
}

/** Whether a text is a page, or begins like one. */
export function isHtml(text: string): boolean {
  return /^\s*<(?:!doctype\s+html|html)[\s>]/i.test(text.slice(0, 1_024));
}
