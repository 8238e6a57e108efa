import fc from "fast-check";
import { expect, test } from "vitest";
import { typedToSite } from "../../../extension/ui/sites-field.tsx";

test("an address becomes the host an entry is filled in at", () => {
  for (const [typed, site] of [
    ["example.com", "example.com"],
    [" Example.COM ", "example.com"],
    ["https://login.example.com/path?a=b#c", "login.example.com"],
    ["http://127.0.0.1:8080/", "127.0.0.1:8080"],
    ["localhost:3000", "localhost:3000"],
    ["example.com:443", "example.com"],
    ["münchen.example", "xn--mnchen-3ya.example"],
    ["例子.测试", "xn--fsqu00a.xn--0zwm56d"],
    ["*.example.com", "*.example.com"],
    ["[::1]:8443", "[::1]:8443"],
  ] as const) {
    expect(typedToSite(typed), typed).toBe(site);
  }
});

test("what is no address, or hides one behind a name, is refused", () => {
  for (const typed of [
    "",
    "   ",
    "not a site",
    "a.*.example",
    "100%.example",
    "ftp://example.com",
    "javascript:alert(1)",
    "https://alice@example.com",
    "https://example.com@evil.example",
    "*.",
    "https://",
  ])
    expect(typedToSite(typed), typed).toBeNull();
});

test("every web address is understood, and gives its own host", () => {
  fc.assert(
    fc.property(fc.webUrl({ validSchemes: ["https"] }), (url) => {
      expect(typedToSite(url)).toBe(new URL(url).host);
    }),
  );
});
