import type { Verdict } from "../accounts.ts";
import type { ShownEnrolment } from "../enrolment.ts";
import { type Html, html, trusted } from "../html.ts";

/** The one password at every system: what is practised here comes after it. */
export const PASSWORD = "practice";

/** What a system is played on. */
export type Ground = {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Host and port of the site, e.g. "127.0.0.1:4321". */
  host(): string;
  /** A fresh secret at the verifier, in base32, and the name under which its codes are checked. */
  newSecret(): Promise<{ readonly name: string; readonly secret: string }>;
  /** Checks a code at the verifier, and uses it up. */
  verify(name: string, code: string): Promise<Verdict>;
  /** Notes what a page shows for an account, e.g. "supabase/alice@example.com". */
  shown(account: string, enrolment: ShownEnrolment): void;
};

/** A request of a system's own page. */
export type Call = {
  readonly method: string;
  /** Below the system, e.g. "auth/v1/factors". */
  readonly path: string;
  /** The JSON in it; no member is sure to be there. */
  readonly body: Readonly<Record<string, unknown>>;
  /** From the Authorization header; "" without one. */
  readonly bearer: string;
};

export type Reply = { readonly status: number; readonly json: object };

/** Enrolment and sign-in of another product, as its documents describe them. */
export type System = {
  readonly title: string;
  /** The pages by the last part of their address. */
  readonly pages: Readonly<Record<string, string>>;
  /** A page of that list; the address may ask for an account and for shorter lives of what expires. */
  page(name: string, query: URLSearchParams): Html;
  /** The answer to a request; null where the system has nothing of that name. */
  call(call: Call): Promise<Reply | null>;
};

/** What is made for each name when it is first asked for, and is the same one from then on. */
export function perName<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const found = made.get(name) ?? make(name);
    made.set(name, found);
    return found;
  };
}

/** Whom the address of a page is about. */
export function accountIn(query: URLSearchParams): string {
  return query.get("account") ?? "alice@example.com";
}

/** How long something lives, in seconds, where the address of a page says so. */
export function secondsIn(query: URLSearchParams, name: string, usual: number): number {
  const asked = Number(query.get(name) ?? usual);
  if (!Number.isFinite(asked) || asked < 0) throw Error(`${name} is not a number of seconds`);
  return asked;
}

/** A member of a request's body as text; "" where it is none. */
export function textOf(body: Call["body"], name: string): string {
  const value = body[name];
  return typeof value === "string" ? value : "";
}

type Shell = {
  readonly title: string;
  readonly language: string;
  /** The script of browser/ that draws the page, without ".js". */
  readonly script: string;
  /** What the script has to know. */
  readonly data: Readonly<Record<string, string>>;
};

/** The empty page that a system's script draws in, as with most applications of today. */
export function shell({ title, language, script, data }: Shell): Html {
  const attributes = Object.entries(data).map(([name, value]) => html` data-${name}="${value}"`);
  return html`${trusted("<!doctype html>")}
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${title}</title>
  <link rel="stylesheet" href="/assets/site.css">
  <script type="module" src="/assets/${script}.js"></script>
</head>
<body>
<header class="brand"><a href="/"><span class="mark"></span>Harbour</a></header>
<main><div><section class="card" id="app"${attributes}></section>
<p class="result" data-testid="result" role="status"></p></div></main>
</body>
</html>`;
}
