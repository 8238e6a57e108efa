import { codeAt, nextCode } from "../../../shared/otp/code.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { clearLater } from "../../clipboard/clear-later.ts";
import { writeClipboard } from "../../platform/clipboard.ts";
import { type ReadRefusal, readEntry, recordUseIfPossible } from "../../vault/entries.ts";
import { advanceHotp, type HotpRefusal } from "../../vault/hotp.ts";

export type CopyRefusal =
  | ReadRefusal
  | HotpRefusal
  | "unsupported-type"
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
 */
export async function copyCode(
  entryId: string,
  which: "current" | "next",
  pressId: string,
  now: number,
): Promise<Result<Copied, CopyRefusal>> {
  const entry = await readEntry(entryId);
  if (!entry.ok) return entry;
  const hotp = entry.value.type === "hotp";
  const code = hotp
    ? await hotpCode(entryId, pressId)
    : which === "next"
      ? nextCode(entry.value, now)
      : codeAt(entry.value, now);
  if (!code.ok) return code;
  if (!(await writeClipboard(code.value)))
    return err(hotp ? { reason: "clipboard-refused", code: code.value } : "clipboard-refused");
  await clearLater(code.value, now);
  await recordUseIfPossible(entryId, now);
  return ok({ code: code.value, steppedTo: hotp ? code.value : null });
}

async function hotpCode(entryId: string, pressId: string): Promise<Result<string, HotpRefusal>> {
  const step = await advanceHotp(entryId, pressId);
  return step.ok ? ok(step.value.code) : step;
}
