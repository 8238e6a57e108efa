import type { FactorRefusal } from "../servers/factor-refusal.ts";
import type { ResetRefusal } from "../servers/factor-reset.ts";
import { t, tn } from "./i18n.ts";
import { serverRefusalText } from "./server-text.ts";

/** As much of what an outside system says as is shown. */
const MOST_SAID = 300;

/**
 * Why a step of a second factor came to nothing, and what to do next.
 *
 * @param host of the server
 * @param isSpare whether it is the step of a spare factor, whose codes are on paper and never run out by themselves
 */
export function factorRefusalText(
  refusal: FactorRefusal | ResetRefusal,
  host: string,
  isSpare = false,
): string {
  if (typeof refusal === "string") {
    switch (refusal) {
      case "typed-passphrase":
      case "typed-kit":
      case "typed-too-long":
      case "reset-kit":
      case "reset-no-factor":
      case "reset-not-asked":
      case "reset-too-early":
      case "reset-rank":
        return t(`factors.refused.${refusal}`, { host });
      default:
        return serverRefusalText(refusal, host);
    }
  }
  if ("refused" in refusal) return serverRefusalText(refusal, host);
  switch (refusal.reason) {
    case "clock-off": {
      const time = durationText(Math.abs(refusal.seconds));
      return t(refusal.seconds > 0 ? "factors.refused.clock-ahead" : "factors.refused.clock-behind", {
        time,
      });
    }
    case "wait":
      return t("factors.refused.wait", { time: durationText(refusal.seconds) });
    case "business": {
      // Somebody else's words: shown as text, and as theirs. The rest is for whoever runs that system and is asked about it.
      const { code, errcode, model, reason, type } = refusal.said;
      const facts = [errcode, model, type, String(code)].filter((fact) => fact !== "").join(", ");
      const [said, known] = [reason || type, facts].map((text) => text.slice(0, MOST_SAID));
      return t("factors.refused.business", { reason: said ?? "", facts: known ?? "" });
    }
    case "wrong-code":
      return t(isSpare ? "factors.refused.wrong-recovery-code" : "factors.refused.wrong-code");
    default:
      return t(`factors.refused.${refusal.reason}`, { host });
  }
}

/** So many seconds, in minutes where there are more than two. */
export function durationText(seconds: number): string {
  return seconds <= 120
    ? tn("factors.time.seconds", seconds)
    : tn("factors.time.minutes", Math.ceil(seconds / 60));
}
