import { describe, expect, it } from "vitest";
import { describeHost, matchSite, siteOfUrl } from "../../../extension/autofill/match-site.ts";
import { domainPattern } from "../../../extension/autofill/registrable-domain.ts";

const EXACT = [
  "login.bank.example",
  "dev.example:8443",
  "localhost:3000",
  "127.0.0.1",
  "[::1]:8080",
  "xn--bcher-kva.example",
];
const DOMAIN = ["*.bank.example"];

describe("a site bound by its host", () => {
  it.for([
    ["https://login.bank.example/", "exact"],
    ["https://login.bank.example:443/otp?x#y", "exact"],
    ["https://LOGIN.Bank.EXAMPLE", "exact"],
    ["https://dev.example:8443/", "exact"],
    ["http://localhost:3000/", "exact"],
    ["http://127.0.0.1/", "exact"],
    ["http://0x7f000001/", "exact"],
    ["http://[::1]:8080/", "exact"],
    ["https://bücher.example/", "exact"],
    ["http://login.bank.example/", null],
    ["https://login.bank.example:444/", null],
    ["https://dev.example/", null],
    ["http://dev.example:8443/", null],
    ["https://login.bank.example./", null],
    ["https://www.login.bank.example/", null],
    ["https://bank.example/", null],
    ["https://login.bank.example.evil.example/", null],
    ["https://evil.example/login.bank.example", null],
    ["https://evil.example/?https://login.bank.example/", null],
    ["https://login.bank.example@evil.example/", null],
    ["https://login.bank.example%40evil.example/", null],
    ["https://eve@login.bank.example/", null],
    ["https://login-bank.example/", null],
    ["https://login.bаnk.example/", null],
    ["https://ӏogin.bank.example/", null],
    ["https://bucher.example/", null],
    ["http://localhost.evil.example:3000/", null],
    ["http://localhost:3001/", null],
    ["http://127.0.0.1.nip.io/", null],
    ["http://127.0.0.2/", null],
    ["http://[::ffff:127.0.0.1]/", null],
    ["null", null],
    ["", null],
    ["about:blank", null],
    ["about:srcdoc", null],
    ["blob:https://login.bank.example/0b1c", null],
    ["data:text/html,login.bank.example", null],
    ["file:///login.bank.example/", null],
    ["ftp://login.bank.example/", null],
    ["chrome-extension://login.bank.example/", null],
    ["javascript:void 0", null],
  ] as const)("%s: %s", ([url, expected]) => {
    expect(matchSite(EXACT, url)).toBe(expected);
  });
});

describe("a site bound by its domain", () => {
  it.for([
    ["https://bank.example/", "domain"],
    ["https://login.bank.example/", "domain"],
    ["https://a.b.c.bank.example/", "domain"],
    ["https://bank.example:8443/", null],
    ["https://evilbank.example/", null],
    ["https://bank.example.evil.example/", null],
    ["https://bank.example./", null],
    ["http://bank.example/", null],
    ["https://example/", null],
  ] as const)("%s: %s", ([url, expected]) => {
    expect(matchSite(DOMAIN, url)).toBe(expected);
  });

  it("never covers a whole ending or an address", () => {
    expect(matchSite(["*.com", "*.", "*"], "https://bank.com/")).toBeNull();
    expect(matchSite(["*.0.0.1"], "https://127.0.0.1/")).toBeNull();
  });

  it("is an exact match where the host stands there too", () => {
    expect(matchSite(["*.bank.example", "login.bank.example"], "https://login.bank.example/")).toBe("exact");
  });
});

describe("what is remembered of an address", () => {
  it.for([
    ["https://Login.Bank.Example:443/a", "login.bank.example"],
    ["https://bank.example:8443/a", "bank.example:8443"],
    ["https://bücher.example/", "xn--bcher-kva.example"],
    ["http://localhost:5173/", "localhost:5173"],
    ["http://bank.example/", null],
    ["about:blank", null],
    ["https://eve@bank.example/", null],
  ] as const)("%s: %s", ([url, expected]) => {
    expect(siteOfUrl(url)).toBe(expected);
  });
});

describe("the domain an owner has", () => {
  it.for([
    ["login.bank.example", "*.bank.example"],
    ["www.bank.co.uk", "*.bank.co.uk"],
    ["alice.github.io", "*.alice.github.io"],
    ["a.b.alice.github.io", "*.alice.github.io"],
    ["shop.alice.com.cn", "*.alice.com.cn"],
    ["xn--bcher-kva.de", "*.xn--bcher-kva.de"],
    ["co.uk", null],
    ["github.io", null],
    ["com", null],
    ["localhost", null],
    ["192.168.1.1", null],
    ["[::1]", null],
    ["bank.example:8443", null],
  ] as const)("of %s is %s", ([host, expected]) => {
    expect(domainPattern(host)).toBe(expected);
  });
});

describe("a host before it is trusted", () => {
  it.for([
    ["bank.example", "bank.example", false],
    ["xn--pple-43d.com", "аpple.com", true],
    ["login.xn--bcher-kva.example:8443", "login.bücher.example:8443", true],
    ["xn--fiqs8s.xn--55qx5d.cn", "中国.公司.cn", true],
    ["xn--!!!.example", "xn--!!!.example", true],
  ] as const)("%s is drawn as %s", ([host, unicode, isPunycode]) => {
    expect(describeHost(host)).toEqual({ ascii: host, unicode, isPunycode });
  });

  it("reads every label as the browser wrote it", () => {
    for (const unicode of [
      "münchen",
      "ελληνικά",
      "日本語",
      "правда",
      "ß-straße",
      "tést-ñandú",
      "한국어",
      "a-ü-b",
    ]) {
      const { hostname } = new URL(`https://${unicode.normalize("NFC")}.example`);
      expect(describeHost(hostname).unicode).toBe(`${unicode}.example`);
    }
  });
});
