import type { LostField } from "../../../../shared/formats/format.ts";
import type { ExportPreview, LeftOut } from "../../../export/preview-export.ts";
import type { WayOut } from "../../../export/ways-out.ts";
import { programName } from "../../../ui/format-names.ts";
import { formatList, formatSentences, t, tn } from "../../../ui/i18n.ts";

/** What a way out is called. */
export function wayTitle({ format, way }: WayOut): string {
  const program = programName(format.id);
  if (program === null) return t(way === "codes" ? "export.code-each" : "export.list");
  if (way === "codes") return t("export.code-many", { program });
  // Its name alone is that of any program of its kind.
  return format.id === "authenticator-extension" ? t("export.extension-named", { program }) : program;
}

/** Who reads it. */
export function wayReaders({ readBy }: WayOut): string {
  return readBy.length === 0
    ? t("export.code-each-by")
    : t("export.read-by", { programs: formatList(readBy) });
}

/** What an entry loses, e.g. "Without its note and its tags". */
export function lossText(fields: readonly LostField[]): string {
  return t("export.loses", { fields: formatList(fields.map(lostFieldText)) });
}

export function lostFieldText(field: LostField): string {
  return t(`export.lost.${field}`);
}

/** Why an entry can't go along. */
export function leftOutText({ reason, parameters }: LeftOut): string {
  if (parameters === null || reason === "damaged" || reason === "newer-version")
    return t(reason === "newer-version" ? "export.why.newer-version" : "export.why.damaged");
  const { type, algorithm, digits, period } = parameters;
  switch (reason) {
    case "type":
      return t("export.why.type", { type: t(`export.type.${type}`) });
    case "algorithm":
      return t("export.why.algorithm", { algorithm });
    case "digits":
      return t("export.why.digits", { digits });
    case "period":
      return t("export.why.period", { seconds: period ?? 0 });
    case "bad-secret":
    case "too-long":
      return t(`export.why.${reason}`);
  }
}

/** How many go along, and how, in one line. */
export function previewSummary({ whole, losses, leftOut }: ExportPreview): string {
  if (whole + losses.length === 0) return t("export.none-go");
  if (losses.length + leftOut.length === 0) return tn("export.all-whole", whole);
  return formatSentences([
    tn("export.whole", whole),
    losses.length > 0 ? tn("export.some-lost", losses.length) : "",
    leftOut.length > 0 ? tn("export.some-stay", leftOut.length) : "",
  ]);
}
