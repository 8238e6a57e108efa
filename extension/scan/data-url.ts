import { type Bytes, base64ToBytes } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** What a data: URL carries. `mime` is in lower case and without parameters. */
export type DataUrl = { readonly mime: string; readonly bytes: Bytes };

/**
 * Takes a data: URL apart (RFC 2397), without `fetch`, which the pages' content security policy rightly refuses here.
 *
 * @returns "not-data-url" for any other URL, for broken base64 and for broken percent-encoding
 */
export function parseDataUrl(url: string): Result<DataUrl, "not-data-url"> {
  const comma = url.indexOf(",");
  if (!/^data:/i.test(url) || comma < 0) return err("not-data-url");
  const [type = "", ...parameters] = url
    .slice("data:".length, comma)
    .split(";")
    .map((part) => part.trim().toLowerCase());
  const body = url.slice(comma + 1);
  const bytes = parameters.includes("base64") ? fromBase64(body) : ok(fromPercent(body));
  return bytes.ok ? ok({ mime: type === "" ? "text/plain" : type, bytes: bytes.value }) : err("not-data-url");
}

function fromBase64(body: string): Result<Bytes, "not-base64"> {
  return base64ToBytes(body.includes("%") ? new TextDecoder().decode(fromPercent(body)) : body);
}

function fromPercent(body: string): Bytes {
  const text = new TextEncoder().encode(body);
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== PERCENT) {
      bytes[length++] = text[i] ?? 0;
      continue;
    }
    const hex = String.fromCharCode(text[i + 1] ?? 0, text[i + 2] ?? 0);
    // Browsers pass a stray percent sign on as it is (fetch standard, "percent-decode").
    const isEscape = /^[0-9a-f]{2}$/i.test(hex);
    bytes[length++] = isEscape ? Number.parseInt(hex, 16) : PERCENT;
    if (isEscape) i += 2;
  }
  return bytes.slice(0, length);
}

const PERCENT = 0x25;
