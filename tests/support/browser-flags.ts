/** Keeps a Chromium started by a test from connecting anywhere by itself: no updates, no sync, no look-ups. */
export const QUIET_FLAGS = [
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--disable-gpu",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-client-side-phishing-detection",
  "--disable-search-engine-choice-screen",
  "--no-pings",
  "--metrics-recording-only",
  "--password-store=basic",
  "--use-mock-keychain",
] as const;

/**
 * What remains of a browser's own requests (its account list, its component updates) goes to a name that RFC 2606
 * section 2 reserves, so that every request seen to a real host is one that a page or the extension made.
 */
export const OWN_REQUESTS_HOST = "own-requests.browser.invalid";

export const DEFLECTING_FLAGS = [
  `--gaia-url=http://${OWN_REQUESTS_HOST}`,
  `--google-url=http://${OWN_REQUESTS_HOST}`,
  `--google-apis-url=http://${OWN_REQUESTS_HOST}`,
  `--component-updater=url-source=http://${OWN_REQUESTS_HOST}/update`,
  // Asking for a passkey makes a browser look for the person's phone.
  `--gcm-checkin-url=http://${OWN_REQUESTS_HOST}/checkin`,
  `--gcm-registration-url=http://${OWN_REQUESTS_HOST}/register`,
  `--autofill-server-url=http://${OWN_REQUESTS_HOST}/autofill/`,
] as const;

/** Chromium refuses to run its sandbox as root; anyone else keeps it. */
export function sandboxFlags(): string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}
