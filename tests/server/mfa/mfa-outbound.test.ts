import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { callOut, type Resolve } from "../../../server/mfa/outbound/call-out.ts";
import { parseDestination } from "../../../server/mfa/outbound/destination.ts";
import { isPublicAddress } from "../../../server/mfa/outbound/public-address.ts";
import { secretText } from "../../../server/mfa/outbound/secret-text.ts";
import { signatureHeaders } from "../../../server/mfa/outbound/signature.ts";
import { type Beside, startBeside } from "./beside.ts";

let other: Beside;
beforeAll(async () => {
  other = await startBeside("misbehaving.ts");
});
afterAll(() => other.stop());

const post = { method: "POST", headers: {}, body: "{}" } as const;
const call = (url: string, allowed: readonly string[] = [], resolve?: Resolve) =>
  callOut({ ...post, url: new URL(url), allowed }, resolve);
const errorOf = async (called: ReturnType<typeof call>) => {
  const answer = await called;
  return answer.ok ? answer.value : answer.error;
};

describe("where calls go", () => {
  test.each([
    "http://127.0.0.1:PORT/right",
    "http://127.1:PORT/right",
    "http://2130706433:PORT/right",
    "http://0x7f.0.0.1:PORT/right",
    "http://0177.0.0.1:PORT/right",
    "http://0.0.0.0:PORT/right",
    "http://[::1]:PORT/right",
    "http://[::]:PORT/right",
    "http://[::ffff:127.0.0.1]:PORT/right",
    "http://[::ffff:7f00:1]:PORT/right",
    "http://[64:ff9b::7f00:1]:PORT/right",
    "http://localhost:PORT/right",
    "http://１２７.0.0.1:PORT/right",
  ])("%s is this computer, and not called", async (url) => {
    const { port } = new URL(other.origin);
    expect(await errorOf(call(url.replace("PORT", port)))).toBe("address-not-allowed");
  });

  test.each([
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0251.0376.0251.0376/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[2002:a00:1::]/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
  ])("%s is of no public network, and not called", async (url) => {
    expect(await errorOf(call(url))).toBe("address-not-allowed");
  });

  it("refuses a name that leads to such an address, also where it leads to a public one as well", async () => {
    const leadsTo =
      (...addresses: string[]): Resolve =>
      async () =>
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    for (const addresses of [
      ["127.0.0.1"],
      ["8.8.8.8", "10.0.0.1"],
      ["2606:4700::1111", "::1"],
      ["fe80::1%eth0"],
    ])
      expect(await errorOf(call("http://a.example.com/", [], leadsTo(...addresses)))).toBe(
        "address-not-allowed",
      );
    expect(await errorOf(call("http://a.example.com/", [], leadsTo()))).toBe("name-not-found");
  });

  it("calls what the configuration names, and connects to the address that was looked at, looked up once", async () => {
    const { port } = new URL(other.origin);
    let asked = 0;
    // A name that leads elsewhere the second time: nobody asks a second time.
    const rebinding: Resolve = async () => [
      { address: asked++ === 0 ? "127.0.0.1" : "127.0.0.2", family: 4 },
    ];
    expect(
      await errorOf(call(`http://sms.example.com:${port}/right`, ["SMS.example.com"], rebinding)),
    ).toMatchObject({
      status: 200,
    });
    expect(asked).toBe(1);
    expect(await errorOf(call(`http://[::1]:${port}/right`, ["::1"]))).toBe("not-connected");
  });

  it("takes no address for public that IANA's registries have for something else", () => {
    for (const address of [
      "8.8.8.8",
      "1.1.1.1",
      "172.32.0.1",
      "100.128.0.1",
      "2606:4700::1111",
      "2a00:1450::1",
    ])
      expect(isPublicAddress(address), address).toBe(true);
    for (const address of [
      "2001::1",
      "2001:db8::1",
      "3fff::1",
      "ff02::1",
      "::",
      "100::1",
      "8.8.8",
      "",
      "x",
      "8.8.8.8 ",
    ])
      expect(isPublicAddress(address), address).toBe(false);
    fc.assert(
      fc.property(fc.nat(0xffffff), (rest) => {
        const tail = [rest >> 16, (rest >> 8) & 255, rest & 255].join(".");
        expect(isPublicAddress(`10.${tail}`) || isPublicAddress(`127.${tail}`)).toBe(false);
        expect(isPublicAddress(`::ffff:10.${tail}`)).toBe(false);
      }),
    );
  });

  test.each([
    ["https://sms.example.com/send", [], null],
    ["http://sms.internal/send", ["sms.internal"], null],
    ["http://sms.example.com/send", [], "http:// is for hosts"],
    ["http://127.0.0.1/", ["localhost"], "http:// is for hosts"],
    ["https://name:word@sms.example.com/", [], "no name and password"],
    ["https://sms.example.com/#x", [], "behind a #"],
    ["ftp://sms.example.com/", [], "must begin with https://"],
    ["file:///etc/passwd", [], "must begin with https://"],
    ["sms.example.com", [], "must begin with https://"],
  ] as const)("%s is judged when the configuration is read", (url, allowed, mistake) => {
    const parsed = parseDestination(url, allowed);
    expect(parsed.ok ? null : parsed.error).toEqual(
      mistake === null ? null : expect.stringContaining(mistake),
    );
  });
});

describe("what comes back", () => {
  test.each([
    ["slow", "too-slow"],
    ["drip", "too-slow"],
    ["redirect", "redirected"],
    ["huge", "too-long"],
    ["endless", "too-long"],
    ["closing", "broken-off"],
    ["hanging", "not-connected"],
    ["upgrade", "broken-off"],
    ["no-http", "not-connected"],
    ["headers", "not-connected"],
    ["not-text", "not-text"],
    ["broken", { status: 500, text: "{}" }],
    ["empty", { status: 200, text: "" }],
  ])("an answer that is %s", { concurrent: true, timeout: 15_000 }, async (manner, expected) => {
    const begun = performance.now();
    expect(await errorOf(call(`${other.origin}/${manner}`, ["127.0.0.1"]))).toEqual(expected);
    expect(performance.now() - begun).toBeLessThan(8_000);
  });

  it("tells that nobody is there, and that a name is looked up too slowly", {
    concurrent: true,
    timeout: 15_000,
  }, async () => {
    const gone = await startBeside("misbehaving.ts");
    await gone.stop();
    expect(await errorOf(call(`${gone.origin}/right`, ["127.0.0.1"]))).toBe("not-connected");
    expect(await errorOf(call("https://sms.example.com/", [], () => new Promise(() => {})))).toBe("too-slow");
  });

  it("speaks encrypted to nobody who can't show a certificate", async () => {
    expect(await errorOf(call(other.origin.replace("http:", "https:"), ["127.0.0.1"]))).toBe("not-connected");
  });
});

describe("secrets of calls", () => {
  it("sign what is said, as it is written down", () => {
    const url = new URL("https://mfa.example.com/base/bind?x=1");
    const headers = signatureHeaders(
      "a secret",
      { url, method: "POST", body: '{"code":"1"}' },
      1_700_000_000_999,
    );
    const mac = createHmac("sha256", "a secret").update('v1\n1700000000\nPOST\n/base/bind?x=1\n{"code":"1"}');
    expect(headers).toEqual({
      "Countersign-Timestamp": "1700000000",
      "Countersign-Signature": `v1=${mac.digest("hex")}`,
    });
  });

  it("come from the configuration or from a file, which is not shown where it can't be read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "countersign-secret-"));
    const file = join(folder, "key");
    writeFileSync(file, "from a file\n");
    expect(secretText.parse("itself")).toBe("itself");
    expect(secretText.parse({ file })).toBe("from a file");
    writeFileSync(file, "\n");
    for (const path of [file, join(folder, "none"), folder])
      expect(secretText.safeParse({ file: path }).error?.issues).toMatchObject([
        { message: "the file is not there, can't be read or is empty" },
      ]);
    await rm(folder, { recursive: true });
  });
});
