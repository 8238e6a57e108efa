import type { EntryDraft } from "../../shared/otp/entry.ts";
import { t } from "./i18n.ts";

/** The parameters of an entry in words, e.g. "SHA-256 · 8 digits · every 60 s". */
export function parametersText(draft: EntryDraft): string {
  if (draft.type === "steam") return t("parameters.steam");
  const algorithm = draft.algorithm.replace(/^SHA/, "SHA-");
  const digits = t("parameters.digits", { count: draft.digits });
  const moves =
    draft.period === null
      ? t("parameters.counter", { counter: String(draft.counter ?? 0) })
      : t("parameters.period", { seconds: draft.period });
  return [algorithm, digits, moves].join(" · ");
}
