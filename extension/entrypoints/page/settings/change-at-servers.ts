import type { ServerOutcome } from "../../../servers/change-everywhere.ts";
import { hasServer } from "../../../servers/has-server.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { unlockRefusalText } from "../../../ui/error-text.ts";
import { addMessages, formatList, t } from "../../../ui/i18n.ts";
import { changePassphrase } from "../../../vault/unlock.ts";

/** What the settings show afterwards: a sentence, and the servers where the new passphrase does not count, if any. */
export type ChangedPassphrase =
  | { readonly kind: "done"; readonly sentence: string }
  | { readonly kind: "refused"; readonly sentence: string }
  | {
      readonly kind: "left";
      readonly outcomes: readonly ServerOutcome[];
      readonly Report: typeof import("../teams/passphrase-report.tsx").PassphraseReport;
    };

/**
 * Changes the passphrase of the vault, and of the servers where it counts. What speaks to servers is loaded before
 * anything is changed, and only where there is one.
 *
 * @param onWorking told what is being done, as a sentence
 */
export async function changeWithServers(
  old: string,
  next: string,
  onWorking: (sentence: string) => void,
): Promise<ChangedPassphrase> {
  if (!(await hasServer())) {
    const changed = await changePassphrase(old, next);
    if (!changed.ok) return { kind: "refused", sentence: unlockRefusalText(changed.error) };
    return { kind: "done", sentence: t("settings.passphrase-changed") };
  }
  const [{ changePassphraseEverywhere }, { PassphraseReport }, { TEAM_MESSAGES }] = await Promise.all([
    import("../../../servers/change-everywhere.ts"),
    import("../teams/passphrase-report.tsx"),
    import("../../../ui/messages/teams.ts"),
  ]);
  addMessages(TEAM_MESSAGES);
  const onServer = (origin: string) => onWorking(t("teams.change.working", { host: hostOf(origin) }));
  const changed = await changePassphraseEverywhere({ old, next }, { onServer });
  if (!changed.ok) {
    const { error } = changed;
    const isOfServers = error === "locked" || error === "busy";
    return {
      kind: "refused",
      sentence: isOfServers ? t(`teams.refused.${error}`) : unlockRefusalText(error),
    };
  }
  const outcomes = changed.value.filter(({ outcome }) => outcome !== "changed");
  if (outcomes.length > 0) return { kind: "left", outcomes, Report: PassphraseReport };
  const hosts = formatList(changed.value.map(({ origin }) => hostOf(origin)));
  return { kind: "done", sentence: t("teams.change.done", { hosts }) };
}
