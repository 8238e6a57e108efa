import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readKitText } from "../../../extension/servers/kit.ts";
import { readServerAddress } from "../../../extension/servers/server-address.ts";
import { isServerOrigin } from "../../../shared/group/invitation-code.ts";

describe("the address of a server", () => {
  it.each([
    ["codes.example.com", "https://codes.example.com"],
    [" Codes.Example.com/ ", "https://codes.example.com"],
    ["https://codes.example.com:8443/some/page?x#y", "https://codes.example.com:8443"],
    ["http://localhost:8420", "http://localhost:8420"],
    ["bücher.example", "https://xn--bcher-kva.example"],
  ])("%s is read as %s", (typed, origin) => {
    expect(readServerAddress(typed)).toEqual({ ok: true, value: origin });
  });

  it.each([
    ["", "not-an-address"],
    ["two words", "not-an-address"],
    ["ftp://codes.example.com", "not-an-address"],
    ["https://alice@codes.example.com", "not-an-address"],
    ["http://codes.example.com", "not-encrypted"],
  ])("%s is none: %s", (typed, error) => {
    expect(readServerAddress(typed)).toEqual({ ok: false, error });
  });

  it("is one that a code may name, whatever is typed", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.ipV6(),
          fc
            .constantFrom("http://", "https://", "//", "")
            .chain((start) => fc.string().map((rest) => start + rest)),
        ),
        (typed) => {
          const read = readServerAddress(typed);
          if (read.ok) expect(isServerOrigin(read.value)).toBe(true);
        },
      ),
    );
  });
});

describe("what a kit says", () => {
  it("is the letters alone where they were typed, over several lines too", () => {
    expect(readKitText("CSR1-AAAAA\nBBBBB\nCCCCC")).toEqual({
      letters: "CSR1-AAAAA\nBBBBB\nCCCCC",
      origin: null,
      email: null,
    });
  });

  it("is where and as whom as well where its QR code was read", () => {
    expect(readKitText("CSR1-AAAAA\nhttps://codes.example.com\nalice@example.com\n")).toEqual({
      letters: "CSR1-AAAAA",
      origin: "https://codes.example.com",
      email: "alice@example.com",
    });
  });
});
