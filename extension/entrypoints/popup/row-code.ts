import { codeAt, nextCode, secondsLeft, stepAt } from "../../../shared/otp/code.ts";
import type { Entry } from "../../../shared/otp/entry.ts";
import type { Result } from "../../../shared/result.ts";
import type { RowCode } from "../../ui/entry-row.tsx";
import { readRefusalText } from "../../ui/error-text.ts";
import { t } from "../../ui/i18n.ts";
import type { ReadRefusal } from "../../vault/entries.ts";

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
  const next = nextCode(entry, now);
  if (!code.ok || !next.ok || entry.period === null)
    return { kind: "unreadable", why: t("code.unavailable") };
  return {
    kind: "code",
    code: code.value,
    next: next.value,
    period: entry.period,
    secondsLeft: secondsLeft(entry.period, now),
    step: stepAt(entry.period, now),
  };
}
