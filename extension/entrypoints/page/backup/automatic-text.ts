import type { AutomaticState } from "../../../backup/automatic/automatic-state.ts";
import type { Making } from "../../../backup/automatic/make-backup.ts";
import type { Trial } from "../../../backup/automatic/trial.ts";
import { backupFailureText } from "../../../ui/error-text.ts";
import { formatDateTime, formatSentences, t, tn } from "../../../ui/i18n.ts";

/** What came of making a backup by the plan. */
export function makingText(making: Making): string {
  switch (making.kind) {
    case "made": {
      const { file } = making;
      const written = tn("automatic.made", file.entries, { file: file.name });
      return file.leftOut > 0 ? formatSentences([written, tn("backup.left-out", file.leftOut)]) : written;
    }
    case "failed":
      return backupFailureText(making.why);
    case "nothing":
      return making.why === "forbidden" ? t("policy.backup-forbidden") : t("automatic.nothing-made");
  }
}

/** Where the files are. */
export function placeText({ plan, folderName }: AutomaticState): string {
  if (plan?.place === "folder") return t("automatic.in-folder", { folder: folderName ?? "?" });
  return t("automatic.in-downloads");
}

/** What a backup came to when it was tried. */
export function trialText(trial: Trial): string {
  const { right, wrong, later, changed, gone } = trial;
  const sentences = [
    wrong === 0 ? tn("trial.all-right", right) : tn("trial.some-wrong", wrong, { right, of: right + wrong }),
    ...(later > 0 ? [tn("trial.later", later)] : []),
    ...(changed > 0 ? [tn("trial.changed", changed)] : []),
    ...(gone > 0 ? [tn("trial.gone", gone)] : []),
  ];
  return formatSentences(sentences);
}

/** The same with when that was. */
export function trialLine(trial: Trial): string {
  return t("trial.at", { when: formatDateTime(trial.at), what: trialText(trial) });
}
