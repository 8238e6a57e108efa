import type { Shown } from "../../../../shared/mfa/shown.ts";
import { err, type Result } from "../../../../shared/result.ts";
import { askServerPasskey } from "../../../platform/server-passkey.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";

/**
 * Asks the browser for the passkey or security key that a step wants. To be called first thing within a press.
 *
 * @param signal takes the question back
 * @returns its JSON, or a sentence that says why there is none
 */
export async function askCredential(
  origin: string,
  shown: readonly Shown[],
  signal: AbortSignal,
): Promise<Result<string, string>> {
  const host = hostOf(origin);
  const question = shown.find((each) => each.kind === "credential");
  if (question === undefined) return err(t("factors.passkey.malformed", { host }));
  const given = await askServerPasskey(origin, question, signal);
  return given.ok ? given : err(t(`factors.passkey.${given.error}`, { host }));
}
