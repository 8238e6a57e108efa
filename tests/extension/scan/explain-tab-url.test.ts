import { expect, test } from "vitest";
import { browserNameOf } from "../../../extension/platform/browser-name.ts";
import { explainTabUrl } from "../../../extension/scan/explain-tab-url.ts";
import { siteOfUrl } from "../../../shared/site.ts";

test.each([
  ["https://example.com/mfa", "web", "web"],
  ["http://localhost:3000/", "web", "web"],
  ["chrome://extensions/", "browser-page", "browser-page"],
  ["edge://settings", "browser-page", "browser-page"],
  ["about:addons", "browser-page", "browser-page"],
  ["about:blank", "browser-page", "browser-page"],
  ["devtools://devtools/bundled/inspector.html", "browser-page", "browser-page"],
  ["data:text/html,hello", "browser-page", "browser-page"],
  ["view-source:https://example.com/", "view-source", "view-source"],
  ["chrome-extension://abcdefghijklmnopabcdefghijklmnop/popup.html", "extension-page", "extension-page"],
  ["moz-extension://0b0f1f9e-0000-4000-8000-000000000000/p.html", "extension-page", "extension-page"],
  ["https://chromewebstore.google.com/detail/x", "extension-store", "web"],
  ["https://chrome.google.com/webstore/category/extensions", "extension-store", "web"],
  ["https://chrome.google.com/webstores-are-nice", "web", "web"],
  ["https://microsoftedge.microsoft.com/addons/detail/x", "extension-store", "web"],
  ["https://microsoftedge.microsoft.com/", "web", "web"],
  ["https://addons.mozilla.org/en-US/firefox/", "web", "extension-store"],
  ["https://accounts.firefox.com/settings/two_step_authentication", "web", "extension-store"],
  ["https://example.com/manual.PDF?page=2", "pdf", "pdf"],
  ["https://example.com/pdf", "web", "web"],
  ["file:///home/alice/code.html", "file", "file"],
  ["file:///home/alice/code.pdf", "pdf", "pdf"],
  ["", "unknown", "unknown"],
  [null, "unknown", "unknown"],
] as const)("%s is %s in Chromium and %s in Firefox", (url, inChromium, inFirefox) => {
  expect(explainTabUrl(url, "chromium")).toBe(inChromium);
  expect(explainTabUrl(url, "firefox")).toBe(inFirefox);
});

test("the browser is told by the scheme of our own pages", () => {
  expect(browserNameOf("moz-extension://0b0f/popup.html")).toBe("firefox");
  expect(browserNameOf("chrome-extension://abc/popup.html")).toBe("chromium");
});

test.each([
  ["https://login.example.com/mfa?x=1", "login.example.com"],
  ["https://example.com:443/", "example.com"],
  ["https://example.com:8443/", "example.com:8443"],
  ["https://alice:pw@example.com/", null],
  ["https://bücher.example/", "xn--bcher-kva.example"],
  ["http://localhost:3000/", "localhost:3000"],
  ["http://app.localhost/", "app.localhost"],
  ["http://127.0.0.1:8080/", "127.0.0.1:8080"],
  ["http://[::1]:8080/", "[::1]:8080"],
  ["http://example.com/", null],
  ["http://127.0.0.1.example.com/", null],
  ["http://localhost.example.com/", null],
  ["http://notlocalhost/", null],
  ["file:///home/alice/code.html", null],
  ["chrome://extensions/", null],
  ["about:blank", null],
  ["data:text/html,hello", null],
  ["nonsense", null],
  [null, null],
] as const)("the site of %s is %s", (url, site) => {
  expect(siteOfUrl(url)).toBe(site);
});
