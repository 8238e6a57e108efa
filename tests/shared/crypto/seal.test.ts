import { Aes256Gcm, DhkemX25519HkdfSha256, HkdfSha256, CipherSuite as OtherSuite } from "@hpke/core";
import fc from "fast-check";
import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from "hpke";
import { describe, expect, it } from "vitest";
import { type Bytes, bytesToHex, hexToBytes, utf8, utf8Decode } from "../../../shared/bytes.ts";
import { importOpeningKey, isOpeningKey, openSeal, sealTo } from "../../../shared/crypto/seal.ts";

const hex = (text: string): Bytes => {
  const bytes = hexToBytes(text);
  if (!bytes.ok) throw Error(`not hexadecimal: ${text}`);
  return bytes.value;
};

describe("HPKE", () => {
  it("opens the message of RFC 9180, A.1.1.1, with the library that seals are made by", async () => {
    const suite = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
    const recipient = await suite.DeserializePrivateKey(
      hex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"),
      true,
    );
    const opened = await suite.Open(
      recipient,
      hex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"),
      hex("f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"),
      { info: hex("4f6465206f6e2061204772656369616e2055726e"), aad: hex("436f756e742d30") },
    );
    expect(utf8Decode(opened)).toEqual({ ok: true, value: "Beauty is truth, truth beauty" });
  });

  it("and another library open each other's seals", async () => {
    const other = new OtherSuite({
      kem: new DhkemX25519HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Aes256Gcm(),
    });
    const secret = crypto.getRandomValues(new Uint8Array(32));
    const bob = await importOpeningKey(secret);
    const [info, message] = [utf8("for bob"), utf8("the group's key")];

    const ours = await sealTo(bob.publicKey, message, info);
    if (!ours.ok) throw Error("not sealed");
    const recipientKey = await other.kem.importKey("raw", secret.buffer, false);
    const opened = await other.open(
      { recipientKey, info, enc: ours.value.slice(0, 32) },
      ours.value.slice(32),
    );
    expect(new Uint8Array(opened)).toEqual(message);

    const recipientPublicKey = await other.kem.importKey("raw", bob.publicKey.buffer, true);
    const theirs = await other.seal({ recipientPublicKey, info }, message);
    const sealed = new Uint8Array([...new Uint8Array(theirs.enc), ...new Uint8Array(theirs.ct)]);
    expect(await openSeal(bob, sealed, info)).toEqual({ ok: true, value: message });
  });
});

describe("a seal", () => {
  it("knows the public key of RFC 7748, section 6.1", async () => {
    const alice = await importOpeningKey(
      hex("77076d0a7318a57d3c16c17251b26645c6db6e5ee5f6ed9fcf1d0d5ef6ae8c5a"),
    );
    expect(alice.publicKey).toHaveLength(32);
    const bob = await importOpeningKey(
      hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"),
    );
    expect(bytesToHex(bob.publicKey)).toBe(
      "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
    );
  });

  it("opens for its recipient alone, with its own information, to the last bit", async () => {
    const [bob, eve] = [await importOpeningKey(randomKey()), await importOpeningKey(randomKey())];
    const sealed = await sealTo(bob.publicKey, utf8("the group's key"), utf8("epoch 1"));
    if (!sealed.ok) throw Error("not sealed");
    expect((await openSeal(bob, sealed.value, utf8("epoch 1"))).ok).toBe(true);
    expect(await openSeal(eve, sealed.value, utf8("epoch 1"))).toEqual({ ok: false, error: "corrupt" });
    expect(await openSeal(bob, sealed.value, utf8("epoch 2"))).toEqual({ ok: false, error: "corrupt" });
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.value.length * 8 - 1), async (bit) => {
        const changed = sealed.value.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const opened = await openSeal(bob, changed, utf8("epoch 1"));
        // RFC 7748 section 5: the highest bit of a public key is not looked at, but HPKE binds all of its bytes.
        expect(opened).toEqual({ ok: false, error: "corrupt" });
      }),
      { numRuns: 200 },
    );
    for (const length of [0, 31, 32, 47]) {
      expect((await openSeal(bob, sealed.value.slice(0, length), utf8("epoch 1"))).ok).toBe(false);
    }
  });

  /** The u coordinates of small order: x25519 gives zeros for them, whatever the other key. */
  it.each([
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  ])("is not made to %s, whose secret everybody knows", async (key) => {
    expect(await sealTo(hex(key), utf8("a secret"), utf8(""))).toEqual({ ok: false, error: "bad-key" });
    expect(isOpeningKey(hex(key))).toBe(false);
  });

  it("is made to any other key in its one spelling", async () => {
    const { publicKey } = await importOpeningKey(randomKey());
    expect(isOpeningKey(publicKey)).toBe(true);
    // RFC 7748 section 5: the highest bit is not looked at.
    publicKey[31] = (publicKey[31] ?? 0) | 0x80;
    expect(isOpeningKey(publicKey)).toBe(false);
    expect(isOpeningKey(publicKey.slice(1))).toBe(false);
  });
});

const randomKey = (): Bytes => crypto.getRandomValues(new Uint8Array(32));
