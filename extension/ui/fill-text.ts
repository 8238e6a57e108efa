import type { FillOutcome } from "../autofill/handle.ts";
import { copyRefusalText, readRefusalText } from "./error-text.ts";
import { formatSpan, t } from "./i18n.ts";

/** What became of a fill, as a sentence. */
export function fillOutcomeText(
  outcome: FillOutcome | { readonly kind: "not-asked"; readonly host: string },
): string {
  switch (outcome.kind) {
    case "filled":
      return outcome.more
        ? t("fill.filled-more", { host: outcome.host, span: formatSpan(outcome.more.dueAt - Date.now()) })
        : t("fill.filled", { host: outcome.host });
    case "not-bound":
    case "needs-permission":
    case "not-permitted":
    case "maybe-in-frame":
      return t(`fill.${outcome.kind}`, { host: outcome.host });
    case "not-asked":
      // Asked right within a press: a browser that does not put the question then never will, which comes to a no.
      return t("fill.not-permitted", { host: outcome.host });
    case "no-field":
      return outcome.because ? t(`fill.because.${outcome.because}`) : t("fill.no-field");
    case "refused-field":
      return t(`fill.refused-${outcome.what}`);
    case "not-allowed-here":
      return t(`fill.${outcome.why}`);
    case "unreadable":
      return readRefusalText(outcome.why);
    case "no-code":
      return copyRefusalText(outcome.why);
    case "insecure-page":
    case "unsure":
    case "did-not-stick":
    case "does-not-fit":
    case "locked":
      return t(`fill.${outcome.kind}`);
  }
}

/** Why the popup opened again by itself: the second of two codes was not filled. */
export function secondMissedText(why: "too-late" | "did-not-stick" | "no-code"): string {
  return t(why === "did-not-stick" ? "fill.second-not-kept" : "fill.second-missed");
}
