import { normaliseIssuer } from "./find-known-issuer.ts";

/** Every one of these carries white text at WCAG AA (4.5 to 1), so a monogram reads alike in both themes. */
export const MONOGRAM_COLOURS = [
  "#0b6e66",
  "#1d6fa5",
  "#3457c9",
  "#5b4bc4",
  "#7d3fb8",
  "#a02f8f",
  "#b42a62",
  "#b3362b",
  "#a84a12",
  "#8a5a00",
  "#6a6700",
  "#4a7017",
  "#2a7540",
  "#17708a",
  "#4d5f73",
  "#6b5347",
] as const;

/**
 * The letter of a name: its first character as people count them (Unicode grapheme cluster) that is a letter or a
 * digit, in upper case; a name of signs only gives its first sign, an empty one a question mark.
 */
export function monogramLetter(name: string): string {
  const text = name.trim();
  // Most names start with a plain Latin letter; the segmenter's tables need not be loaded for them.
  if (/^[a-z0-9][\x20-\x7e]*$/i.test(text)) return text.charAt(0).toUpperCase();
  const graphemes = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  const letter = graphemes.find((grapheme) => /[\p{L}\p{N}]/u.test(grapheme)) ?? graphemes[0] ?? "?";
  const upper = letter.toUpperCase();
  return upper.length === letter.length ? upper : letter;
}

/** A colour that only depends on the name, the same on every device. */
export function monogramColour(name: string): string {
  // FNV-1a, 32 bits: spreads short names well and needs no more than this.
  let hash = 0x811c9dc5;
  for (const character of normaliseIssuer(name)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return MONOGRAM_COLOURS[(hash ^ (hash >>> 16)) % MONOGRAM_COLOURS.length] ?? MONOGRAM_COLOURS[0];
}
