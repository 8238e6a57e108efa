import { codeAt, nextCode } from "../../shared/otp/code.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { clearLater } from "../clipboard/clear-later.ts";
import { writeClipboard } from "../platform/clipboard.ts";
import { type ReadRefusal, readEntry, recordUseIfPossible } from "../vault/entries.ts";
import { advanceHotp, type HotpRefusal } from "../vault/hotp.ts";

export type CopyRefusal =
  | ReadRefusal
  | HotpRefusal
  | "unsupported-type"
  | "pin-missing"
  | "clipboard-refused"
  /** The counter has moved on for this code: whoever does not show it has lost it. */
  | { readonly reason: "clipboard-refused"; readonly code: string };

/** What went to the clipboard: `steppedTo` is the new code of a hotp entry, which the row then shows. */
export interface Copied {
  readonly code: string;
  readonly steppedTo: string | null;
}

/**
 * Copies the code of an entry, or the one that follows.
 *
 * @param pressId names the press: a hotp entry advances once for it, however often it is asked
 * @param now milliseconds since 1970 UTC
 * @param host the site it is copied for, as in URL.host; null for none
 */
export async function copyCode(
  entryId: string,
  which: "current" | "next",
  pressId: string,
  now: number,
  host: string | null = null,
): Promise<Result<Copied, CopyRefusal>> {
  const made = await codeForPress(entryId, which, pressId, now);
  if (!made.ok) return made;
  const { code, isHotp } = made.value;
  if (!(await writeClipboard(code)))
    return err(isHotp ? { reason: "clipboard-refused", code } : "clipboard-refused");
  await clearLater(code, now);
  await recordUseIfPossible(entryId, now, host);
  return ok({ code, steppedTo: isHotp ? code : null });
}

/** The code that a press asks for. A hotp entry advances for it, and gives the same code for the same press again. */
export async function codeForPress(
  entryId: string,
  which: "current" | "next",
  pressId: string,
  now: number,
): Promise<
  Result<
    { readonly code: string; readonly isHotp: boolean },
    ReadRefusal | HotpRefusal | "unsupported-type" | "pin-missing"
  >
> {
  const entry = await readEntry(entryId);
  if (!entry.ok) return entry;
  const isHotp = entry.value.type === "hotp";
  const code = isHotp
    ? await hotpCode(entryId, pressId)
    : which === "next"
      ? nextCode(entry.value, now)
      : codeAt(entry.value, now);
  return code.ok ? ok({ code: code.value, isHotp }) : code;
}

async function hotpCode(entryId: string, pressId: string): Promise<Result<string, HotpRefusal>> {
  const step = await advanceHotp(entryId, pressId);
  return step.ok ? ok(step.value.code) : step;
}
