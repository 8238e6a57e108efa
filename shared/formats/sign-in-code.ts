import { type ForeignCode, foreignCode } from "../otp/foreign-code.ts";
import { err, ok } from "../result.ts";
import type { Format, RejectedEntry } from "./format.ts";

/** A code by itself is a line; a text of more lines is no such thing. */
const MOST_LINES = 20;

/** What other readers read, and what any text may hold. */
const NOT_OURS: readonly (ForeignCode | null)[] = [null, "google-migration", "web-link"];

/**
 * A text of nothing but codes of apps that approve sign-ins on the phone (Microsoft, Duo, Okta, RSA): they hold no secret,
 * and each is reported by what it is.
 */
export const signInCodeFormat = {
  id: "sign-in-code",
  recognise: ({ text }) => text !== null && codesOf(text) !== null,
  read: async ({ text }) => {
    const codes = text === null ? null : codesOf(text);
    if (codes === null) return err("corrupt");
    const rejected = codes.map(({ reason, line }): RejectedEntry => {
      return { label: "", reason, detail: "", correction: null, line };
    });
    return ok({ entries: [], rejected, notices: [] });
  },
  write: null,
} as const satisfies Format;

/** null where a line is something else. */
function codesOf(text: string): { reason: ForeignCode; line: number }[] | null {
  if (text.length > 65_536) return null;
  const lines = text.trim().split(/\r\n?|\n/);
  if (lines.length > MOST_LINES) return null;
  const codes: { reason: ForeignCode; line: number }[] = [];
  for (const [at, line] of lines.entries()) {
    const reason = foreignCode(line.trim());
    if (NOT_OURS.includes(reason) || reason === null) return null;
    codes.push({ reason, line: at + 1 });
  }
  return codes;
}
