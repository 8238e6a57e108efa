/** What a template can be filled with. `number` is `to` without its plus. */
export const BLANKS = ["to", "number", "code", "minutes"] as const;
export type Blanks = Readonly<Record<(typeof BLANKS)[number], string>>;

const ESCAPES = {
  json: (value: string) => JSON.stringify(value).slice(1, -1),
  /** RFC 3986: all that is not unreserved. It reads the same in a form and in an address. */
  url: (value: string) =>
    encodeURIComponent(value.toWellFormed()).replace(
      /[!'()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  xml: (value: string) => value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
  plain: (value: string) => value,
} as const;

export type Escape = keyof typeof ESCAPES;

/** How what is filled in must be written in a body of that type; null: for no such body is that known. */
export function escapeFor(contentType: string): Escape | null {
  const [type = ""] = contentType.toLowerCase().split(";");
  switch (type.trim()) {
    case "application/json":
      return "json";
    case "application/x-www-form-urlencoded":
      return "url";
    case "application/xml":
    case "text/xml":
      return "xml";
    case "text/plain":
      return "plain";
    default:
      return null;
  }
}

/** Puts values in the place of `{to}` and the like. What they hold is text in the end, whatever it looks like. */
export function fillTemplate(template: string, blanks: Blanks, how: Escape): string {
  return template.replace(BLANK, (all, name: string) => (isBlank(name) ? ESCAPES[how](blanks[name]) : all));
}

/** Names in braces that nothing is known to fill in for. */
export function unknownBlanks(template: string): string[] {
  return [...template.matchAll(BLANK)].map(([, name = ""]) => name).filter((name) => !isBlank(name));
}

const BLANK = /\{([A-Za-z_]+)\}/g;

function isBlank(name: string): name is keyof Blanks {
  return (BLANKS as readonly string[]).includes(name);
}
