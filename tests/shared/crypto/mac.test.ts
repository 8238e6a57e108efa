import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToHex, hexToBytes, utf8 } from "../../../shared/bytes.ts";
import { hmac } from "../../../shared/crypto/mac.ts";

// RFC 4231, test case 2.
test("a message gets the HMAC of the RFC", async () => {
  const mac = await hmac(utf8("Jefe"), utf8("what do ya want for nothing?"));
  expect(bytesToHex(mac)).toBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
});

test("any key and message get what another implementation makes of them", async () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 100 });
  await fc.assert(
    fc.asyncProperty(bytes, bytes, async (key, message) => {
      const theirs = hexToBytes(createHmac("sha256", key).update(message).digest("hex"));
      expect(theirs).toEqual({ ok: true, value: await hmac(new Uint8Array(key), new Uint8Array(message)) });
    }),
  );
});
