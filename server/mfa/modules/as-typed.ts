/**
 * A code without what people and programs put into it: blanks, dashes of any length, and the wide letters and digits of a
 * Chinese or Japanese keyboard.
 */
export function asTyped(code: string): string {
  return code.normalize("NFKC").replace(/[\s\p{Pd}\p{Cf}]/gu, "");
}
