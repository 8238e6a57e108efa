/**
 * What kind of page an address is, as far as it decides what an extension may do there:
 * "web" an ordinary page; the others are closed to extensions, or open only with a switch of the browser's.
 */
export type PageKind =
  | "web"
  /** The browser's own: settings, new tab, its error pages, its built-in viewers of source and data. */
  | "browser-page"
  /** Chrome Web Store, Edge Add-ons, addons.mozilla.org and the few sites Firefox protects like it. */
  | "extension-store"
  | "extension-page"
  /** Shown by the browser's viewer, which scripts cannot enter. */
  | "pdf"
  /** Open only after the person allowed "access to file URLs". */
  | "file"
  | "view-source"
  /** No address is known: the tab is still empty, or nothing was allowed on it. */
  | "unknown";

const BROWSER_SCHEMES = new Set([
  "about:",
  "chrome:",
  "edge:",
  "brave:",
  "opera:",
  "vivaldi:",
  "devtools:",
  "chrome-search:",
  "chrome-untrusted:",
  "chrome-error:",
  "resource:",
  "moz-icon:",
  "javascript:",
]);
const EXTENSION_SCHEMES = new Set([
  "chrome-extension:",
  "moz-extension:",
  "extension:",
  "ms-browser-extension:",
]);

/** Hosts that Chromium and Edge close to extensions; a path where only a part of the host is. */
const STORES: readonly { host: string; path: string }[] = [
  { host: "chromewebstore.google.com", path: "/" },
  { host: "chrome.google.com", path: "/webstore" },
  { host: "microsoftedge.microsoft.com", path: "/addons" },
];
/** Firefox's default for extensions.webextensions.restrictedDomains: among them the pages where its accounts enrol. */
const FIREFOX_RESTRICTED = new Set([
  "accounts-static.cdn.mozilla.net",
  "accounts.firefox.com",
  "addons.cdn.mozilla.net",
  "addons.mozilla.org",
  "api.accounts.firefox.com",
  "content.cdn.mozilla.net",
  "discovery.addons.mozilla.org",
  "oauth.accounts.firefox.com",
  "profile.accounts.firefox.com",
  "support.mozilla.org",
  "sync.services.mozilla.com",
]);

/**
 * Says what kind of page an address is.
 *
 * @param url the tab's address, null where the browser keeps it
 * @param browserName Firefox and the Chromium family close different sites
 */
export function explainTabUrl(url: string | null, browserName: "chromium" | "firefox"): PageKind {
  if (url === null || url === "" || !URL.canParse(url)) return "unknown";
  if (/^view-source:/i.test(url)) return "view-source";
  const { protocol, hostname, pathname } = new URL(url);
  if (BROWSER_SCHEMES.has(protocol)) return "browser-page";
  if (EXTENSION_SCHEMES.has(protocol)) return "extension-page";
  if (protocol !== "https:" && protocol !== "http:" && protocol !== "file:") return "browser-page";
  if (browserName === "firefox" && FIREFOX_RESTRICTED.has(hostname)) return "extension-store";
  if (browserName === "chromium" && isStore(hostname, pathname)) return "extension-store";
  if (/\.pdf$/i.test(pathname)) return "pdf";
  return protocol === "file:" ? "file" : "web";
}

function isStore(hostname: string, pathname: string): boolean {
  return STORES.some(
    ({ host, path }) =>
      host === hostname && (path === "/" || pathname === path || pathname.startsWith(`${path}/`)),
  );
}
