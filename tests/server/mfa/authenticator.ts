import { createHmac } from "node:crypto";

/** The code of an authenticator (RFC 6238), computed by itself. @param time milliseconds since 1970 UTC */
export function codeOf(secret: string, time: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time / 30_000)));
  const digest = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const at = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** One that is none of the codes near that time. */
export function wrongCodeOf(secret: string, time: number): string {
  const near = new Set(Array.from({ length: 243 }, (_, at) => codeOf(secret, time + (at - 121) * 30_000)));
  for (let code = 0; ; code++) {
    const text = String(code).padStart(6, "0");
    if (!near.has(text)) return text;
  }
}

function bytesOf(secret: string): Buffer {
  const bits = [...secret].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  return Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/**
 * The first step whose code a server still takes if it arrives within five seconds: it takes that of the step before as well.
 *
 * @param now milliseconds since 1970 UTC
 */
export function earliestStep(now: number): number {
  return Math.floor((now + 5_000) / 30_000) - 1;
}
