import { useState } from "preact/hooks";
import { switchClearingOff } from "../../../clipboard/clearing-switch.ts";
import { giveBackDownloads } from "../../../platform/downloads.ts";
import { formatSentences, t, tn } from "../../../ui/i18n.ts";
import { eraseEverything } from "../../../vault/erase.ts";
import type { SectionProps } from "../section-props.ts";

/**
 * Deletes all there is, once, and says what became of it.
 *
 * @param count of the entries that go, trash included
 */
export function useErase(
  count: number,
  say: SectionProps["say"],
): { readonly busy: "busy" | "idle"; readonly erase: () => void } {
  const [busy, setBusy] = useState<"busy" | "idle">("idle");
  const erase = async () => {
    if (busy === "busy") return;
    setBusy("busy");
    try {
      const { passkeys } = await eraseEverything();
      // The permission to read the clipboard goes too; where the browser keeps it, nothing is left to compare with.
      await switchClearingOff().catch(() => {});
      await giveBackDownloads();
      const done = tn("delete-all.done", count);
      // What the person has to do elsewhere stays until it is read.
      say(
        passkeys > 0
          ? { tone: "warn", sentence: formatSentences([done, t("delete-all.passkeys")]) }
          : { tone: "done", sentence: done },
      );
    } catch {
      setBusy("idle");
      say({ tone: "warn", sentence: t("delete-all.failed") });
    }
  };
  return { busy, erase: () => void erase() };
}
