/** A piece of HTML that is safe to put into a page. Only `html` makes it. */
export type Html = { readonly html: string };

/** Joins a template; values that are not Html themselves are escaped. */
export function html(parts: TemplateStringsArray, ...values: (string | number | Html | Html[])[]): Html {
  const text = (value: string | number | Html | Html[]): string => {
    if (Array.isArray(value)) return value.map(text).join("");
    return typeof value === "object" ? value.html : escapeHtml(String(value));
  };
  return {
    html: parts.map((part, index) => part + (index in values ? text(values[index] ?? "") : "")).join(""),
  };
}

/** Markup made by this site itself, such as an SVG. */
export function trusted(markup: string): Html {
  return { html: markup };
}

type Layout = {
  readonly title: string;
  readonly body: Html;
  readonly language?: string;
  /** Files of browser/ to run, without "/assets/". */
  readonly scripts?: readonly string[];
  /** In a frame: no head of the site above it. */
  readonly frame?: "framed";
};

/** A whole page of the site. */
export function page({ title, body, language = "en", scripts = [], frame }: Layout): Html {
  const brand = html`<header class="brand"><a href="/"><span class="mark"></span>Harbour</a></header>`;
  return html`${trusted("<!doctype html>")}
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${title} · Harbour</title>
  <link rel="stylesheet" href="/assets/site.css">
  ${["site.js", ...scripts].map((script) => html`<script type="module" src="/assets/${script}"></script>`)}
</head>
<body${trusted(frame ? ' class="framed"' : "")}>${frame ? html`` : brand}<main>${body}</main></body>
</html>`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
