import { codeAt, nextCode, secondsLeft, stepAt } from "../../shared/otp/code.ts";
import type { Entry } from "../../shared/otp/entry.ts";
import type { Result } from "../../shared/result.ts";
import type { RowCode } from "../ui/entry-row.tsx";
import { noCodeText, readRefusalText } from "../ui/error-text.ts";
import { t } from "../ui/i18n.ts";
import { ENDING_SECONDS } from "../ui/ring.tsx";
import type { ReadRefusal } from "../vault/entries.ts";

/**
 * What a row shows for an entry at a time.
 *
 * @param opened undefined while the entry is being opened
 * @param counterCode the code a hotp entry gave since the popup was opened
 * @param now milliseconds since 1970 UTC
 */
export function rowCode(
  opened: Result<Entry, ReadRefusal> | undefined,
  counterCode: string | null,
  now: number,
): RowCode {
  if (opened === undefined) return { kind: "opening" };
  if (!opened.ok) return { kind: "unreadable", why: readRefusalText(opened.error) };
  const entry = opened.value;
  if (entry.type === "hotp") return { kind: "counter", code: counterCode };
  const code = codeAt(entry, now);
  if (!code.ok) return { kind: "unreadable", why: noCodeText(code.error) };
  if (entry.period === null) return { kind: "unreadable", why: t("code.unavailable") };
  const left = secondsLeft(entry.period, now);
  // Every row computes its code again each second: the next one only where it is shown.
  const next = left <= ENDING_SECONDS ? nextCode(entry, now) : null;
  return {
    kind: "code",
    code: code.value,
    next: next?.ok ? next.value : null,
    period: entry.period,
    secondsLeft: left,
    step: stepAt(entry.period, now),
  };
}
