import type { CodeRefusal } from "../../shared/group/invitation-code.ts";
import type { AskFailure } from "../servers/api-failure.ts";
import type { EmailRefusal } from "../servers/change-email.ts";
import type { PassphraseRefusal } from "../servers/change-passphrase.ts";
import type { DeviceRefusal } from "../servers/connect-device.ts";
import type { KitRefusal } from "../servers/kit.ts";
import type { NewKitRefusal } from "../servers/new-kit.ts";
import type { RecoverRefusal } from "../servers/recover.ts";
import type { RegisterRefusal } from "../servers/register.ts";
import type { ReplaceRefusal } from "../servers/replace-keys.ts";
import type { SessionRefusal } from "../servers/sessions.ts";
import type { SignInAgainRefusal } from "../servers/sign-in-again.ts";
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

/** Every reason for which a server, or this device, does not do what it was asked. */
export type ServerTextRefusal =
  | AskFailure
  | RegisterRefusal
  | DeviceRefusal
  | SessionRefusal
  | SignInAgainRefusal
  | PassphraseRefusal
  | RecoverRefusal
  | EmailRefusal
  | NewKitRefusal
  | ReplaceRefusal;

/**
 * Why a server did not do what it was asked, and what to do next.
 *
 * @param host of the server
 */
export function serverRefusalText(refusal: ServerTextRefusal, host: string): string {
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
    case "keys-unknown":
      return t("teams.new-keys.open", { host });
    case "other-than-vault":
    case "former-counts":
    case "neither":
    case "kit-replaced":
      return t(`teams.again.${refusal}`, { host });
    case "kit-not-a-kit":
      return kitRefusalText("not-a-kit");
    case "kit-newer-version":
      return kitRefusalText("newer-version");
    case "kit-incomplete":
      return kitRefusalText("incomplete");
    case "kit-mistyped":
      return kitRefusalText("mistyped");
    case "code-newer-version":
      return t("teams.code.newer-version");
    case "code-not-encrypted":
      return t("teams.code.not-encrypted");
    case "code-not-a-code":
    case "code-mistyped":
      return t("teams.device.code-mistyped");
    default:
      return t(`teams.refused.${refusal}`, { host });
  }
}

/** Whether opening the address in a tab says more: the browser then shows what is there, or what is wrong with it. */
export function isWorthOpening(refusal: unknown): boolean {
  return refusal === "unreachable" || refusal === "not-a-server";
}
