import { describe, expect, test } from "vitest";
import { siteOfUrl } from "../../shared/site.ts";

describe("the site of an address", () => {
  test.each([
    ["https://login.bank.example/otp?x#y", "login.bank.example"],
    ["https://login.bank.example:443/", "login.bank.example"],
    ["https://dev.example:8443/", "dev.example:8443"],
    ["https://bücher.example/", "xn--bcher-kva.example"],
    ["http://localhost:3000/", "localhost:3000"],
    ["http://app.localhost/", "app.localhost"],
    ["http://127.0.0.1/", "127.0.0.1"],
    ["http://127.8.9.10:81/", "127.8.9.10:81"],
    ["http://0x7f000001/", "127.0.0.1"],
    ["http://[::1]:8080/", "[::1]:8080"],
  ])("%s is %s", (url, site) => expect(siteOfUrl(url)).toBe(site));

  test.each([
    null,
    "",
    "null",
    "http://bank.example/",
    "http://localhost.evil.example/",
    "http://127.0.0.1.nip.io/",
    "http://notlocalhost/",
    "http://128.0.0.1/",
    "https://bank.example@evil.example/",
    "https://eve:secret@bank.example/",
    "file:///bank.example/",
    "data:text/html,bank.example",
    "about:blank",
    "chrome-extension://bank.example/",
  ])("%s has none", (url) => expect(siteOfUrl(url)).toBeNull());
});
