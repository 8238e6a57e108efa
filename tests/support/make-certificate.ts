import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A key and the certificate that it signed for itself, as PEM. */
export type Certificate = { readonly key: string; readonly certificate: string };

/** A certificate (RFC 5280) for names of this computer, which is its own authority, good from yesterday for two days. */
export function makeCertificate(hosts: readonly string[] = ["localhost"]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(oid("2a8648ce3d040302")); // ecdsa-with-SHA256
  const name = sequence(tag(0x31, sequence(oid("550403"), tag(0x0c, Buffer.from("test")))));
  const day = 24 * 60 * 60_000;
  const certificate = sequence(
    tag(0xa0, tag(0x02, Buffer.from([2]))),
    tag(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    sequence(time(Date.now() - day), time(Date.now() + day)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tag(
      0xa3,
      sequence(
        extension("551d13", sequence(tag(0x01, Buffer.from([0xff])))), // an authority
        extension("551d11", sequence(...hosts.map((host) => tag(0x82, Buffer.from(host))))), // its names
      ),
    ),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", certificate, privateKey)]);
  const der = sequence(certificate, algorithm, tag(0x03, signature));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    key: String(privateKey.export({ type: "pkcs8", format: "pem" })),
    certificate: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"),
  };
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), tag(0x04, value));
}

function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, "");
  return tag(0x18, Buffer.from(digits));
}

function oid(hex: string): Buffer {
  return tag(0x06, Buffer.from(hex, "hex"));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tag(0x30, Buffer.concat(parts));
}

/** DER: the tag, the length, the content. */
function tag(number: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([number, ...size]), content]);
}
