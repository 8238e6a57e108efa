import type { FillOutcome } from "../../autofill/handle.ts";
import { clearLater } from "../../clipboard/clear-later.ts";
import { writeClipboard } from "../../platform/clipboard.ts";
import { readPreferences } from "../../preferences/preferences.ts";
import { codeForPress } from "../../screens/copy-code.ts";
import { fillOutcomeText } from "../../ui/fill-text.ts";
import { t } from "../../ui/i18n.ts";
import type { ToastContent } from "../../ui/toast.tsx";

type Filled = FillOutcome & { kind: "filled" };

/** How long "filled" can be read before the popup gives the page back, and the longer word on a second code (ms). */
const SHOW_FILLED_MS = 650;
const SHOW_MORE_MS = 2500;

/**
 * What follows a fill: where that was asked for in the settings, the code is copied as well; then it is said, and the
 * popup gives the page back once that could be read.
 *
 * @param pressId of the fill: a hotp entry gives the same code for it again
 * @param beside what is to be said of the code, too; then there is time to read it
 */
export async function afterFilling(
  outcome: Filled,
  entryId: string,
  pressId: string,
  say: (content: ToastContent) => void,
  beside: string | null,
): Promise<void> {
  const filled = [fillOutcomeText(outcome), beside].filter(Boolean).join(" ");
  const { copyAfterFilling } = await readPreferences();
  const copied = copyAfterFilling ? await copyFilled(entryId, pressId) : "not-asked";
  if (copied === "refused") return say({ tone: "warn", sentence: `${filled} ${t("fill.not-copied")}` });
  const sentence = copied === "copied" ? `${filled} ${t("fill.copied-too")}` : filled;
  say({ tone: beside === null ? "done" : "warn", sentence });
  setTimeout(() => window.close(), outcome.more || beside !== null ? SHOW_MORE_MS : SHOW_FILLED_MS);
}

/** The use was counted when it was filled. */
async function copyFilled(entryId: string, pressId: string): Promise<"copied" | "refused"> {
  const now = Date.now();
  const made = await codeForPress(entryId, "current", pressId, now);
  if (!made.ok || !(await writeClipboard(made.value.code))) return "refused";
  await clearLater(made.value.code, now);
  return "copied";
}
