import { useEffect, useState } from "preact/hooks";
import { backupReminder } from "../../backup/reminder.ts";
import { openPage } from "../../platform/surfaces.ts";
import { backupFailureText } from "../../ui/error-text.ts";
import { formatSpan, t, tn } from "../../ui/i18n.ts";
import { Glyph, type GlyphName } from "../../ui/icons.tsx";
import { clockJump } from "../../vault/clock.ts";
import type { IndexRow } from "../../vault/index-row.ts";
import type { VaultState } from "../../vault/state.ts";

interface Notice {
  readonly tone: "warn" | "calm";
  /** Read out when it comes: what changes how the codes below are to be taken. What only reminds is found on the way. */
  readonly isSpoken: boolean;
  readonly glyph: GlyphName;
  readonly sentence: string;
  readonly action: { readonly label: string; readonly onChoose: () => void } | null;
}

/**
 * What has to be said above the list, the most urgent alone: a clock that went back, then what keeps the page's site from
 * filling by itself, then a backup that is due, then a vault without passphrase.
 */
export function Notices(props: {
  vault: VaultState;
  rows: readonly IndexRow[];
  /** Of the page's site, where it is to fill by itself and can't. */
  autoSiteProblem: string | null;
  onProtect: () => void;
}) {
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => {
    let current = true;
    void mostUrgent(props.vault, props.autoSiteProblem, props.onProtect)
      // A vault that was locked or deleted while it was asked shows by itself.
      .catch(() => null)
      .then((found) => current && setNotice(found));
    return () => {
      current = false;
    };
  }, [props.vault, props.rows, props.autoSiteProblem]);
  return (
    <>
      {/* There before its words: only what comes into it later is read out. */}
      <div aria-live="polite">{notice?.isSpoken && <NoticeBox {...notice} />}</div>
      {notice && !notice.isSpoken && <NoticeBox {...notice} />}
    </>
  );
}

function NoticeBox({ tone, glyph, sentence, action }: Notice) {
  return (
    <div class={`notice ${tone}`} role="note">
      <Glyph name={glyph} />
      <span class="grow">{sentence}</span>
      {action && (
        <button type="button" class="button plain" onClick={action.onChoose}>
          {action.label}
        </button>
      )}
    </div>
  );
}

async function mostUrgent(
  vault: VaultState,
  autoSiteProblem: string | null,
  onProtect: () => void,
): Promise<Notice | null> {
  const now = Date.now();
  const jump = await clockJump(now);
  if (jump)
    return {
      tone: "warn",
      isSpoken: true,
      glyph: "clock",
      sentence: t("notice.clock", { span: formatSpan(jump.backMs) }),
      action: null,
    };
  if (vault.kind !== "unlocked") return null;
  if (autoSiteProblem !== null)
    return { tone: "warn", isSpoken: true, glyph: "warn", sentence: autoSiteProblem, action: null };
  const due = await backupReminder(now);
  const openBackups = () => void openPage("page.html#/backup");
  if (due?.kind === "not-made")
    return {
      tone: "warn",
      isSpoken: false,
      glyph: "download",
      sentence: backupFailureText(due.why),
      action: { label: t("notice.backup-see"), onChoose: openBackups },
    };
  if (due)
    return {
      tone: "warn",
      isSpoken: false,
      glyph: "download",
      sentence:
        due.newEntries > 0
          ? tn("notice.backup-entries", due.newEntries)
          : tn("notice.backup-days", due.daysSince),
      action: { label: t("notice.backup-now"), onChoose: openBackups },
    };
  if (vault.protection === "device")
    return {
      tone: "calm",
      isSpoken: false,
      glyph: "info",
      sentence: t("notice.device"),
      action: { label: t("notice.set-passphrase"), onChoose: onProtect },
    };
  return null;
}
