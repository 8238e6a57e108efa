import { type Bytes, base64ToBytes, bytesToBase64, utf8Decode } from "../../bytes.ts";

/** A picture that an entry brings along. */
export type IconFields = {
  /** Base64, or the bytes. */
  readonly data: unknown;
};

/** Twice what an icon of 256 pixels needs. */
const MOST_BYTES = 131_072;

/**
 * Reads a picture into a data URL. What it is, its first bytes say: a declared type is not trusted. An SVG may hold
 * scripts and addresses; it is only ever drawn as an image, where browsers run and fetch nothing, and is turned into
 * pixels before it is kept (extension/import).
 *
 * @returns null where there is none; "left-out" where it is too large or no picture that is known
 */
export function readIcon(icon: IconFields | undefined): string | "left-out" | null {
  if (icon === undefined || icon.data === null || icon.data === undefined || icon.data === "") return null;
  const bytes = bytesOf(icon.data);
  if (bytes === null || bytes.length === 0 || bytes.length > MOST_BYTES) return "left-out";
  const type = pictureType(bytes);
  return type === null ? "left-out" : `data:${type};base64,${bytesToBase64(bytes)}`;
}

function bytesOf(data: unknown): Bytes | null {
  if (data instanceof Uint8Array) return new Uint8Array(data);
  if (typeof data !== "string") return null;
  const decoded = base64ToBytes(data.replace(/^data:[^,]*;base64,/, ""));
  return decoded.ok ? decoded.value : null;
}

/** The media type of a picture by its first bytes; null if it is none that is known. */
export function pictureType(bytes: Bytes): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(start)) return "image/gif";
  if (/^RIFF....WEBP/s.test(start)) return "image/webp";
  const text = utf8Decode(bytes.subarray(0, Math.min(bytes.length, 4_096)));
  return text.ok && /<svg[\s>]/i.test(text.value) ? "image/svg+xml" : null;
}
