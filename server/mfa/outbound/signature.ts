import { createHmac } from "node:crypto";

/**
 * The headers by which a system that is called knows who calls, and that nobody has changed what is said:
 * `Countersign-Timestamp`, in seconds since 1970 UTC, and `Countersign-Signature`, which is `v1=` and in hexadecimal
 * HMAC-SHA256(secret, "v1" LF timestamp LF method LF path with query LF body).
 *
 * @param now milliseconds since 1970 UTC
 */
export function signatureHeaders(
  secret: string,
  { url, method, body }: { readonly url: URL; readonly method: string; readonly body: string },
  now: number,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1_000));
  const signed = ["v1", timestamp, method, `${url.pathname}${url.search}`, body].join("\n");
  const mac = createHmac("sha256", secret).update(signed, "utf8").digest("hex");
  return { "Countersign-Timestamp": timestamp, "Countersign-Signature": `v1=${mac}` };
}
