import type { CodeRefusal } from "../../shared/group/invitation-code.ts";
import type { AskFailure } from "../servers/api-failure.ts";
import type { DeviceRefusal } from "../servers/connect-device.ts";
import type { KitRefusal } from "../servers/kit.ts";
import type { RegisterRefusal } from "../servers/register.ts";
import type { ReplaceRefusal } from "../servers/replace-keys.ts";
import type { SessionRefusal } from "../servers/sessions.ts";
import { unlockRefusalText } from "./error-text.ts";
import { t } from "./i18n.ts";

/** Reasons to sentences, as in error-text.ts: apart from it, because the popup has no use for them. */

/** Why a code can't be used. */
export function codeRefusalText(refusal: CodeRefusal): string {
  return t(`teams.code.${refusal}`);
}

/** Why what was typed is not this server's recovery key. */
export function kitRefusalText(refusal: KitRefusal): string {
  return t(`teams.kit.problem.${refusal}`);
}

/**
 * Why a server did not do what it was asked, and what to do next.
 *
 * @param host of the server
 */
export function serverRefusalText(
  refusal: AskFailure | RegisterRefusal | DeviceRefusal | ReplaceRefusal | SessionRefusal,
  host: string,
): string {
  if (typeof refusal === "object") return t("teams.refused.otherwise", { host });
  switch (refusal) {
    case "wrong-passphrase":
    case "corrupt":
    case "newer-version":
    case "weak-parameters":
    case "no-passphrase":
      return unlockRefusalText(refusal);
    case "unfinished":
    case "too-long":
      return t(`teams.new-keys.${refusal}`);
    case "other-than-vault":
      return t("teams.again.other-than-vault");
    case "kit-not-a-kit":
      return kitRefusalText("not-a-kit");
    case "kit-newer-version":
      return kitRefusalText("newer-version");
    case "kit-incomplete":
      return kitRefusalText("incomplete");
    case "kit-mistyped":
      return kitRefusalText("mistyped");
    default:
      return t(`teams.refused.${refusal}`, { host });
  }
}

/** Whether opening the address in a tab says more: the browser then shows what is there, or what is wrong with it. */
export function isWorthOpening(refusal: unknown): boolean {
  return refusal === "unreachable" || refusal === "not-a-server";
}
